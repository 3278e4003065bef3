#!/usr/bin/env node
// Node runs TypeScript directly; the built package carries JavaScript in dist/.
import { existsSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
// Reading and compiling our own modules is most of a short command; where the folder cannot be written Node does without.
enableCompileCache(join(root, '.cache/node'));
const source = join(root, 'matrix/cli.ts');
const { main } = await import(existsSync(source) ? source : join(root, 'dist/matrix/cli.js'));
process.exitCode = await main(root, process.argv.slice(2));
