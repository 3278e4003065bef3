import { Counter, type CounterConfiguration, Gauge, type GaugeConfiguration, type LabelValues } from 'prom-client';

/** One series that is added to in place: its counter is told only when somebody reads the metrics. */
export interface Tally {
  add(amount?: number): void;
}

/** A counter for what is counted with every request: an addition costs a tenth of an `inc`. */
export interface TallyCounter<Label extends string> {
  /** Looks the series up; keep it where it is counted often. */
  series(labels: LabelValues<Label>): Tally;
}

export function tallyCounter<Label extends string>(configuration: CounterConfiguration<Label>): TallyCounter<Label> {
  const waiting: { readonly labels: LabelValues<Label>; amount: number }[] = [];
  new Counter({
    ...configuration,
    collect() {
      for (const one of waiting) {
        this.inc(one.labels, one.amount);
        one.amount = 0;
      }
    },
  });
  return {
    series(labels) {
      const one = { labels, amount: 0 };
      waiting.push(one);
      return {
        add(amount = 1) {
          one.amount += amount;
        },
      };
    },
  };
}

/** A gauge that goes up and down with every request. */
export function tallyGauge(configuration: GaugeConfiguration<never>): Tally {
  let value = 0;
  new Gauge({
    ...configuration,
    collect() {
      this.set(value);
    },
  });
  return {
    add(amount = 1) {
      value += amount;
    },
  };
}
