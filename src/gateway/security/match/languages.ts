/** Stems of one language, separated by ` / `. Latin ones without diacritics: texts are normalised before. */
export interface Language {
  readonly name: string;
  readonly dismiss: string;
  /** Previous, above, all … */
  readonly which: string;
  readonly orders: string;
  readonly reveal: string;
  /** What is to be revealed: your instructions, the system prompt. */
  readonly own: string;
}

/** Adding a language is adding a row. */
export const languages: readonly Language[] = [
  {
    name: 'de',
    dismiss:
      'ignorier(?:e|en sie|en)?\\b / vergiss(?! nicht) / vergesst(?! nicht) / vergessen sie(?! nicht) / missachte / beachte nicht / uberschreib / verwirf / umgeh / befolge nicht / hor auf / hore nicht auf / lass alle / abweichend / irrelevant / hinter (?:sich|dir) / uberspring / pfeif / halte? dich nicht / setz dich / streich / lass (?:\\w+ ){1,5}(?:beiseite|weg|ausser acht|links|fallen) / beachten? (?:sie )?(?:\\w+ ){1,4}nicht / scher dich nicht',
    which:
      'vorherig / vorangegangen / vorangehend / vorig / bisherig / obig / fruher / zuvor / davor / ursprunglich / alle[sn]?\\b / deine / ihre\\b / oben / system / jede / gegeben / betreiber / entwickler / bekommen / erhalten / von (?:denen|ihnen)',
    orders:
      'anweisung / instruktion / befehl / regel / vorgabe / richtlinie / aufforderung / prompt / aufgabe / auftrag / anleitung / kontext / programmierung / einschrankung / das alles / alles das / alles (?:und|andere) / alles,? (?:davor|zuvor|bisherige|vorherige|was|oben|andere) / gesagt / angaben / text / information / ausfuhrung / gesagte / eingabe / dokument / rolle / grenzen / beschrankung',
    reveal:
      'zeig / nenn / verrat / gib / wiederhol / druck / schreib / offenbar / wie lautet / wie lauten / was sind / was ist / welche / was stand / liste / sag mir / druck / ubersetz / fass / lies / zitier / kopier / wiedergeb / wortlich / erzahl / fuge',
    own: '(?<!\\bein(?:en|em|es)? )system-?prompt / (?:obige|vorherige|ursprungliche)\\w* (?:eingabeaufforderung|anweisung|instruktion|prompt) / deine(?:n|r|m)? (?:\\w+ )?(?:prompt|anweisung|instruktion|regel|vorgabe|richtlinie|systemnachricht) / ihre(?:n|r|m)? (?:\\w+ )?(?:prompt|anweisungen|instruktionen) / (?:anfang|ursprung|versteckt|geheim|vollstandig)\\w* (?:prompt|anweisung|instruktion|text) / text (?:ganz )?(?:oben|davor|uber|vor)\\b / (?:erste|allererste|oberste)[nrs]? (?:nachricht|zeile|anweisung) / ganz oben / regeln,? (?:an die|die) du / was (?:dir|man dir|sie dir) (?:\\w+ ){0,3}(?:gesagt|aufgetragen|gegeben|mitgeteilt)',
  },
  {
    name: 'fr',
    dismiss:
      'ignore[zr]?(?! pas)\\b / oublie[zs]?(?! pas) / ne tiens? (?:pas|plus) compte / ne tenez (?:pas|plus) compte / neglige / abandonne / contourne / desobei / ne sui(?:s|vez) (?:pas|plus) / fais abstraction / faites abstraction / laissez? tomber / mets de cote / passe outre / fais fi / jette / efface / supprime / ne respectez? / zappe',
    which:
      'precedent / anterieur / ci-dessus / toutes?\\b / tous\\b / tout ce / initial / avant / vos\\b / tes\\b / systeme / origine / du debut / plus haut / exploitant / createur / developpeur / recu / donne',
    orders:
      'instruction / consigne / ordre / regle / directive / commande / prompt / invite / tout ce qui precede / tout ce qu / contexte / texte / programmation / restriction / tache / ce qu.on t / limites / role',
    reveal:
      'montre / revele / affiche / repete / donne / imprime / ecris / quel(?:le)?s? (?:est|sont|etaient) / divulgue / partage / dis-moi / recopie / traduis / resume / cite / enumere / transcris / quelles? (?:consigne|regle|instruction) / mot pour mot',
    own: 'prompt systeme / invite systeme / message systeme / (?:tes|vos|ton|votre) (?:\\w+ )?(?:instruction|consigne|prompt|directive|regle) / instructions? (?:initiale|systeme|cachee|secrete|d.origine|precedente) / ce qu.on t.a (?:dit|demande|ordonne|donne) / texte (?:ci-dessus|precedent|au-dessus|plus haut|qui) / message (?:precedent|initial|cache) / premiere (?:instruction|consigne|phrase)',
  },
  {
    name: 'es',
    dismiss:
      'ignor(?:a|e|en|ar|ad)\\b / olvid(?:a|e|en|ate|ese)\\b / descart(?:a|e) / desatiend / omit(?:e|a|ir)\\b / no hagas caso / no sigas / pasa por alto / deja de (?:seguir|lado) / desobedec / haz caso omiso / anula / saltate / olvidate / borra\\b / elimina\\b / prescinde / no le hagas caso / no respetes / no obedezcas / incumple / pasa de',
    which:
      'anterior / previ[ao]s?\\b / precedente / tod[ao]s?\\b / arriba / inicial / original / tus?\\b / sus\\b / antes / sistema / te (?:dieron|dijeron|han) / recib / al principio / del (?:operador|desarrollador|creador) / mas arriba',
    orders:
      'instruccion / indicacion / orden / regla / directriz / directrices / comando / prompt / mandato / todo (?:lo|que|cuanto) / contexto / texto / restriccion / programacion / tarea / mensaje / normas / pautas / te dijeron / te han dicho / directiva / papel\\b / lo que (?:pone|dice)',
    reveal:
      'muestra / muestre / revela / repite / repita / dime / imprime / escribe / cual(?:es)? (?:es|son|era|fueron) / comparte / dame / ensena / copia / traduce / resume / cuenta / transcribe / deletrea / que (?:dice|decia) / haz / enumera',
    own: 'prompt del sistema / mensaje (?:de|del) sistema / instrucciones (?:del sistema|iniciales|ocultas|secretas|originales|anteriores) / (?:tus|tu|sus) (?:\\w+ )?(?:instruccion|prompt|directric|regla|indicacion|norma|pauta|directiva) / lo que te (?:dijeron|ordenaron|pidieron|indicaron|dieron) / (?:reglas|normas|instrucciones|indicaciones) que (?:te|recib|tienes|debes) / lo que (?:dice|pone) arriba / texto (?:de arriba|anterior|previo) / mensaje (?:inicial|oculto)',
  },
  {
    name: 'it',
    dismiss:
      'ignora / dimentica / trascura / non (?:seguire|considerare|tenere conto) / tralascia / scavalca / annulla / disobbedisci',
    which: 'precedent / tutt[eio]\\b / sopra / iniziali / originali / anterior / tue\\b / prima / sistema',
    orders:
      'istruzion / ordin[ei] / regol / direttiv / comand / prompt / indicazion / tutto (?:cio|quello) / contesto / testo / restrizion / compit / linee guida',
    reveal:
      'mostra / rivela / ripeti / stampa / scrivi / dimmi / qual(?:i)? (?:e|sono|erano) / elenca / condividi / dammi',
    own: 'prompt di sistema / messaggio di sistema / istruzioni (?:di sistema|iniziali|nascoste|segrete|originali|precedenti) / (?:tue|tuo|le tue) (?:\\w+ )?(?:istruzion|prompt|direttiv|regol)',
  },
  {
    name: 'pt',
    dismiss:
      'ignor(?:e|a|ar|em)\\b / (?<!nao )(?<!nunca )esquec / desconsider / descart / nao siga / deixe de (?:seguir|lado) / desobede / desrespeit / anule',
    which:
      'anterior / previa / todas?\\b / todos?\\b / tudo / acima / inicia / origina / suas\\b / tuas\\b / antes / sistema',
    orders:
      'instruc / ordens / ordem / regras? / diretriz / comandos? / prompt / tudo (?:o que|que) / orientac / contexto / texto / restric / tarefa / mensagem / mensagens',
    reveal: 'mostr / revel / repit / imprim / escrev / diga / qua(?:l|is) (?:e|sao|foram|era) / compartilh / liste',
    own: 'prompt (?:do|de) sistema / mensagem (?:do|de) sistema / instrucoes (?:do sistema|iniciais|ocultas|secretas|originais|anteriores) / (?:suas|tuas|seu|teu) (?:\\w+ )?(?:instruc|prompt|diretriz|regra)',
  },
  {
    name: 'nl',
    dismiss:
      'negeer / vergeet(?! niet) / sla .{0,20}over / volg .{0,30}niet / laat .{0,30}links liggen / omzeil / overschrijf',
    which:
      'vorige / eerdere / voorgaande / bovenstaande / alle\\b / alles / jouw / je\\b / oorspronkelijke / systeem / hierboven',
    orders:
      'instructie / opdracht / regels / richtlijn / bevel / aanwijzing / prompt / alles wat / context / beperking / tekst',
    reveal: 'toon / laat .{0,12}zien / geef / herhaal / print / onthul / wat (?:is|zijn|waren) / schrijf',
    own: 'systeemprompt / systeem-?prompt / system prompt / (?:jouw|je|uw) (?:\\w+ )?(?:instructies|prompt|richtlijnen|opdracht) / (?:verborgen|geheime|oorspronkelijke) (?:instructies|prompt)',
  },
  {
    name: 'pl',
    dismiss: 'zignoruj / ignoruj / (?<!nie )zapomnij / pomin / odrzuc / nie przestrzegaj / porzuc / lekcewaz',
    which:
      'poprzedni / wczesniejsz / wszystki / powyzsz / wszystko / pierwotn / swoje / twoje / dotychczasow / systemow',
    orders: 'instrukcj / polece / zasad / regul / rozkaz / wytyczn / prompt / wszystko / kontekst / ogranicze',
    reveal: 'pokaz / ujawnij / powtorz / wypisz / podaj / jak(?:i|ie) (?:jest|sa|byl) / wyswietl',
    own: 'prompt systemow / systemowy prompt / instrukcje systemowe / (?:swoje|twoje|swoj|twoj) (?:\\w+ )?(?:instrukcj|prompt|wytyczn|zasad) / (?:ukryt|poczatkow|tajn)\\w* (?:instrukcj|prompt)',
  },
  {
    name: 'sv-da-no',
    dismiss:
      'ignorera?\\b / ignorer\\b / glom\\b / glem\\b / bortse / se bort fra / strunta i / folj inte / folg ikke / overse\\b / tilsidesaet',
    which:
      'tidigare / foregaende / foregaaende / forrige / tidligere / ovanstaende / ovenstaende / ovenfor / alla\\b / alle\\b / allt\\b / alt\\b / dina\\b / dine\\b / system',
    orders:
      'instruktion / instruksjon / instruks / anvisning / regler / riktlinje / retningslinje / kommando / order / prompt / allt (?:som|du|ovan) / alt (?:som|du|over) / beskjed / besked',
    reveal:
      'visa\\b / vis\\b / avsloj / afslor / avslor / upprepa / gentag / gjenta / skriv / vad (?:ar|var) / hvad er / hva er',
    own: 'systemprompt / system-?prompt / din(?:a|e)? (?:\\w+ )?(?:instruktion|instruksjon|prompt|riktlinj|retningslinj|anvisning)',
  },
  {
    name: 'hr-sr',
    dismiss:
      '(?<!ne )zaboravi / ignorisi / ignoriraj / ignorira(?:j|ti) / zanemari / odbaci / prestani (?:slediti|slijediti) / ne slijedi',
    which: 'sve\\b / svi\\b / prethodn / dosadasnj / gornj / ranij / svoje / tvoje / sistemsk / sustav',
    orders: 'instrukcij / uput / naredb / pravil / smjernic / smernic / prompt / kontekst / ogranicen',
    reveal: 'pokazi / prikazi / ispisi / ponovi / otkrij / koji je / koje su / napisi / reci mi',
    own: '(?:sistemsk|sustavn)\\w* (?:prompt|uput|poruk) / (?:tvoj|svoj|vas)\\w* (?:\\w+ )?(?:uput|instrukcij|prompt|pravil) / (?:skriven|tajn|pocetn|izvorn)\\w* (?:uput|instrukcij|prompt)',
  },
  {
    name: 'tr',
    dismiss: 'gormezden gel / yok say / unut(?!ma) / dikkate alma / goz ardi et / onemseme / uyma\\b / bosver',
    which: 'onceki / tum / butun / yukaridaki / daha once / her sey / eski / sistem / ilk',
    orders: 'talimat / komut / kural / yonerge / emir / emr / istem / prompt / her sey / kisitlama',
    reveal: 'goster / acikla / tekrarla / yaz\\b / soyle / ver\\b / nedir / nelerdir / paylas',
    own: 'sistem (?:istem|prompt|talimat|mesaj) / (?:gizli|ilk|baslangic|onceki) (?:talimat|istem|prompt|komut) / talimatlarini / promptunu',
  },
  {
    name: 'ru-uk',
    dismiss:
      'игнорир / (?<!не )забуд / не обращай / пренебре / отбрось / не следуй / отмени / нарушь / обойди / ігнор / забудь / проігнор',
    which:
      'предыдущ / прошл / вс[еёя] / выше / прежн / первоначальн / сво[иейё] / тво[иейё] / систем / ранее / попередн / усі / всі',
    orders:
      'инструкц / указани / команд / правил / приказ / директив / промпт / подсказк / вс[её],? что / контекст / ограничени / запрос / інструкц / вказівк / наказ',
    reveal:
      'покажи / раскрой / повтори / выведи / напечатай / напиши / како[вй] / какие / назови / сообщи / перечисли / покажіть',
    own: 'системн\\S+ (?:промпт|инструкц|сообщени|запрос|подсказк) / (?:сво[ией]|тво[ией]|ваш[иу]?|тебе|твоих|своих)\\S* (?:\\S+ )?(?:инструкц|промпт|правил) / (?:скрыт|секретн|начальн|первоначальн|исходн)\\S+ (?:инструкц|промпт)',
  },
  {
    name: 'zh',
    dismiss:
      '忽略 / 无视 / (?<!不要|别|不)忘记 / 忘掉 / 不要理会 / 不要遵守 / 抛弃 / 無視 / 忘記 / 绕过 / 不用管 / 別管',
    which: '之前 / 以前 / 先前 / 上面 / 以上 / 前面 / 所有 / 一切 / 全部 / 原来 / 你的 / 系统 / 系統 / 任何 / 此前',
    orders:
      '指令 / 指示 / 命令 / 规则 / 規則 / 提示 / 要求 / 说明 / 說明 / 内容 / 內容 / 限制 / 设定 / 設定 / 对话 / 准则 / 約束 / 约束',
    reveal:
      '显示 / 顯示 / 告诉 / 告訴 / 重复 / 重複 / 输出 / 輸出 / 打印 / 透露 / 泄露 / 公开 / 是什么 / 是什麼 / 列出 / 展示',
    own: '系统提示 / 系統提示 / 系统指令 / 系统消息 / 你的(?:初始|原始|隐藏|系统|秘密)?(?:提示词|提示|指令|规则|設定|设定) / (?:初始|原始|隐藏|秘密)(?:提示|指令)',
  },
  {
    name: 'ja',
    dismiss: '無視し / 忘れて / 忘れろ / 無効に / 従わない / 従うな / 破棄し / 上書き',
    which: '以前 / 前の / 上記 / これまで / 今まで / 先の / 全て / すべて / 元の / システム / あなたの / 上の / 先ほど',
    orders: '指示 / 命令 / ルール / 規則 / プロンプト / 指令 / ガイドライン / 制約 / 制限 / 内容 / 文章 / 設定',
    reveal: '表示 / 教えて / 見せて / 出力 / 繰り返し / 開示 / 公開 / 書いて / 何です / 明かし',
    own: 'システムプロンプト / システムメッセージ / あなたの(?:初期|最初の|隠された)?(?:指示|プロンプト|命令|ルール|設定) / (?:初期|隠された|秘密の|元の)(?:指示|プロンプト)',
  },
  {
    name: 'ko',
    dismiss: '무시하 / 무시해 / 잊어 / 잊으 / 따르지 마 / 무효화 / 폐기하 / 덮어',
    which: '이전 / 앞의 / 위의 / 모든 / 지금까지 / 기존 / 원래 / 시스템 / 너의 / 당신의 / 앞선',
    orders: '지시 / 명령 / 규칙 / 프롬프트 / 지침 / 가이드라인 / 제한 / 내용 / 설정 / 제약',
    reveal: '보여 / 알려 / 출력 / 반복 / 공개 / 말해 / 무엇 / 뭐 / 써 ?줘',
    own: '시스템 ?프롬프트 / 시스템 ?메시지 / (?:너의|네|당신의) (?:\\S+ )?(?:지시|프롬프트|지침|규칙|명령) / (?:초기|숨겨진|비밀) (?:지시|프롬프트|지침)',
  },
  {
    name: 'ar-fa',
    dismiss: 'تجاهل / انس / انسى / تجاوز / لا تتبع / أهمل / اهمل / نادیده بگیر / فراموش کن / چشم پوشی',
    which: 'السابقة / السابق / جميع / كل / أعلاه / الأصلية / كافة / قبل / النظام / قبلی / همه / تمام',
    orders: 'تعليمات / التعليمات / أوامر / الأوامر / القواعد / قواعد / توجيهات / ما قيل / القيود / دستور / قوانین',
    reveal: 'اعرض / أظهر / اكشف / كرر / اطبع / ما هي / أخبرني / نشان بده / اكتب',
    own: 'موجه النظام / تعليمات النظام / تعليماتك / رسالة النظام / أوامرك / التعليمات (?:الأصلية|السرية|المخفية|الأولية) / دستورالعمل',
  },
  {
    name: 'hi',
    dismiss: 'अनदेखा / नज़रअंदाज़ / नजरअंदाज / भूल जा / उपेक्षा / मत मानो / अनसुना',
    which: 'पिछल / पहले / सभी / सारे / ऊपर / पूर्व / मूल / सब',
    orders: 'निर्देश / आदेश / नियम / प्रॉम्प्ट / प्रांप्ट / कमांड / बातें / हिदायत',
    reveal: 'दिखा / बता / दोहरा / प्रकट / लिख',
    own: 'सिस्टम (?:प्रॉम्प्ट|निर्देश|संदेश|प्रांप्ट) / (?:अपने|तुम्हारे|आपके) (?:\\S+ )?(?:निर्देश|प्रॉम्प्ट|नियम)',
  },
  {
    name: 'vi-id',
    dismiss: 'bo qua / quen (?:het|di|tat) / phot lo / khong (?:tuan theo|lam theo) / abaikan / lupakan / jangan ikuti',
    which: 'truoc / tat ca / moi\\b / phia tren / ban dau / sebelumnya / semua / di atas / awal / seluruh',
    orders:
      'huong dan / chi dan / lenh / quy tac / chi thi / yeu cau / instruksi / perintah / aturan / arahan / prompt / petunjuk',
    reveal:
      'hien thi / tiet lo / cho (?:toi|minh) (?:xem|biet) / lap lai / in ra / tampilkan / ungkapkan / ulangi / beritahu / tunjukkan',
    own: 'prompt he thong / loi nhac he thong / huong dan (?:he thong|ban dau) / prompt sistem / instruksi (?:sistem|awal|tersembunyi|rahasia|anda|kamu)',
  },
  {
    name: 'cs-ro-hu-fi-el',
    dismiss:
      'ignoruj / zapomen / nebereš? v uvahu / ignora(?:ti|)\\b / uita / hagyd figyelmen kivul / felejtsd el / jata huomiotta / unohda / sivuuta / αγνοησ / ξεχασ / παραβλεψ',
    which:
      'predchozi / vsechn / vyse / anterioare / toate / de mai sus / korabbi / osszes / fenti / minden / aiemmat / kaikki / aikaisem / edella / προηγουμεν / ολες / παραπανω',
    orders:
      'pokyn / instrukc / prikaz / pravidl / instructiuni / comenzi / reguli / utasitas / szabaly / ohjeet / ohjei / kasky / saann / οδηγι / εντολ / κανον / prompt',
    reveal:
      'ukaz / vypis / prozrad / arata / dezvalui / repeta / mutasd / ird ki / nayta / paljasta / toista / δειξ / αποκαλυψ / επαναλαβ',
    own: 'systemovy prompt / systemov\\w+ (?:pokyn|instrukc) / promptul (?:de )?sistem / instructiunile (?:tale|de sistem|initiale) / rendszerprompt / rendszeruzenet / jarjestelma(?:kehote|prompt|ohje) / συστημικ\\S+ (?:προτροπ|εντολ|οδηγι) / οδηγιες σου',
  },
];

/** A further turn of a language: around one of `first`, in the same sentence, stands one of `with`. */
export interface Turn {
  readonly name: string;
  readonly kind: 'override' | 'extraction' | 'persona';
  readonly first: string;
  readonly with: string;
}

/** What is told over, asked for in a roundabout way, or played without rules. Adding a turn is adding a row. */
export const turns: readonly Turn[] = [
  {
    name: 'de',
    kind: 'override',
    first:
      'gilt nicht mehr / gelten nicht / gelten ab / zahlt nicht / zahlen nicht / hinfallig / ungultig / nur ein test / blo(?:ss|ß) (?:ein|die) (?:test|probe) / aufgehoben / ist erledigt / nicht (?:mehr )?an die / tu so / so,? als / du bist kein / eigentliche aufgabe / arbeitest du / gehorchst / nur noch mir / lass',
    with: 'bisherige (?:regel|anweisung|vorgabe|rolle) / vorgabe / deine[nr]? (?:anweisung|regel|rolle) / betreiber / entwickler / auftrag / alles bisherige / von oben / was oben / oben ste / kein\\w* \\w+ mehr / nur ein test / die probe / fur mich / deine eigentliche / regeln von / alte[nr]? regeln / systemprompt / beiseite / sondern',
  },
  {
    name: 'de',
    kind: 'extraction',
    first:
      'passwor[td]\\b / geheime?[sn]? (?:wort|code|passwort|text|schlussel) / codewort / losungswort / vor (?:meiner|dieser|unserer) (?:ersten |allerersten )?(?:nachricht|zeile|frage|unterhaltung) / uber (?:meiner|dieser) (?:nachricht|zeile|frage) / vorgaben / hast du (?:\\w+ )?bekommen / wurde dir',
    with: 'buchstab / reim / hinweis / ruckwarts / gedicht / huten / verrat / stand\\b / steht\\b / wortlich / wortwortlich / welche / bekommen / aufgetragen / gesagt / verboten / morse / silbe / lautet',
  },
  {
    name: 'de',
    kind: 'persona',
    first:
      'ohne (?:\\w+ )?(?:regel|einschrankung|grenzen|filter|zensur|moral|tabu|leine) / keine (?:regel|richtlinie|grenzen|tabu|filter|moral|einschrankung) / unzensiert / niemals nein / nie nein / verweigert? (?:nichts|nie)',
    with: 'du (?:bist|spielst|wirst|sollst|antwortest) / bist du / spiel / sei\\b / stell dir vor / als ki / eine ki / rolle / antworte',
  },
  {
    name: 'es',
    kind: 'override',
    first:
      'ya no (?:vale|valen|cuenta|cuentan|sirve|aplica|importa|eres) / como si (?:nunca|no) / borra / elimina / deja de ser / dejas de ser / ya no trabajas / no (?:tienes|hace falta) (?:que )?(?:seguir|obedecer|cumplir) / solo me obedeces / trabajas para mi / cancela',
    with: 'te dijeron / te han dicho / recib / indicacion / normas / reglas / instruccion / al principio / de antes / el asistente / el bot / ahora eres / eres mi / trabajas para mi / anterior / operador / desarrollador',
  },
  {
    name: 'es',
    kind: 'extraction',
    first:
      'contrasena\\b(?! (?:mas|para|del?)\\b) / palabra que no (?:puedes|debes) / palabra (?:secreta|clave|magica) / codigo secreto / clave secreta / te (?:dieron|pidieron|prohibieron|dijeron) / antes de (?:mi|este) mensaje / arriba de (?:mi|este) mensaje',
    with: 'pista / rima / letra / al reves / deletrea / dime / revela / cual es / escribe / reglas / normas / instruccion / no dijeras / que te / repite / copia / cancion / poema / traduce',
  },
  {
    name: 'es',
    kind: 'persona',
    first:
      'sin (?:\\w+ )?(?:restriccion|reglas|limites|filtros?|censura|moral|normas) / nunca se niega / nunca te niegas / libre de',
    with: 'eres / actua / actuaras / haz de / imagina / personaje / inteligencia artificial / una ia / contestaras / responde / finge / ia\\b',
  },
  {
    name: 'fr',
    kind: 'override',
    first:
      "ne (?:compte|comptent|vaut|valent|s'applique|s'appliquent) plus / comme si / laisse tomber / laissez tomber / tiens pas compte / tenez pas compte / tu n'es plus / cesse d'etre / arrete d'etre / m'obeis / ne suis que / oublie[sz]?\\b",
    with: "t'a dit / t'ont dit / plus haut / consigne / regles / instruction / exploitant / du debut / ont ete donnees / desormais / maintenant / a partir de / mes ordres / tu es mon / developpeur / createur / robot",
  },
  {
    name: 'fr',
    kind: 'extraction',
    first:
      "mot de passe / code secret / mot secret / avant (?:mon|ce|cette|notre) (?:premier )?(?:message|conversation|ligne|question) / precede (?:mon|ce|cette) (?:message|ligne|question) / au-dessus / as-tu recu / tu as recu / t'a-t-on / t'a dit de",
    with: 'indice / rime / lettre / envers / epel / repete / recopie / montre / ecrit / dis-moi / quelles? / quel est / donne / mot pour mot / texte / consigne / poeme / chanson / traduis',
  },
  {
    name: 'fr',
    kind: 'persona',
    first:
      'sans (?:\\w+ )?(?:limites?|filtres?|regles?|restrictions?|censure|morale|tabous?) / libere\\w* de / ne refuses? rien / ne refuses? jamais / aucune (?:limite|regle|restriction)',
    with: 'tu es / tu vas / incarn / joue / imagine / une ia / reponds / personnage / fais comme / tu joues / desormais',
  },
];
