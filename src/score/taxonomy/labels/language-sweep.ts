import type { ExtractionLabel } from '../rules.ts';

const names =
  '(english|chinese|mandarin|cantonese|russian|korean|spanish|japanese|german|french|arabic|hindi|portuguese|italian|turkish|vietnamese|thai|indonesian|swahili|bengali|urdu|polish|dutch)';
const namesKorean = '(영어|중국어|러시아어|한국어|스페인어|일본어|독일어|프랑스어|아랍어|힌디어|베트남어|태국어)';
const namesChinese = '(英语|英文|中文|汉语|俄语|韩语|西班牙语|日语|德语|法语|阿拉伯语|印地语|葡萄牙语|越南语|泰语)';
const namesRussian = '(английск|китайск|русск|корейск|испанск|японск|немецк|французск|арабск|хинди|турецк)\\S*';
const namesSpanish = '(inglés|chino|ruso|coreano|español|japonés|alemán|francés|árabe|hindi|portugués|italiano|turco)';

export const languageSweep: ExtractionLabel = {
  id: 'language-sweep',
  title: 'One item is to be worked in a list of languages',
  doubles: 'translation firms and makers of products for many countries',
  needs: [
    {
      en: [
        `${names}(, (and )?${names}){2}`,
        '(each|every|all) (one )?(of )?(the )?(\\w+ )?languages',
        '\\b(\\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty) (\\w+ )?languages',
        'language list',
        'following languages',
        'languages (below|listed|in turn|one after)',
      ],
      zh: [
        `${namesChinese}([、，,和]${namesChinese}){2}`,
        '(以下|每(一)?|所有|各|下列)(种|个)?(语言|语种)',
        '[\\d两三四五六七八九十]+ ?种语言',
      ],
      ru: [
        `${namesRussian}(, |,? и )${namesRussian}(, |,? и )${namesRussian}`,
        '(кажд|все|следующ|перечисленн)\\S* (из )?(\\S+ )?язык',
        '\\d+ язык',
      ],
      ko: [`${namesKorean}(, ?${namesKorean}){2}`, '(각|모든|다음|아래|매) ?언어', '\\d+ ?개 ?(의 )?언어', '언어별'],
      es: [
        `${namesSpanish}(, |,? y )${namesSpanish}(, |,? y )${namesSpanish}`,
        '(cada|todos|siguientes) (uno de )?(los )?idiomas?',
        '(\\d+|dos|tres|cuatro|cinco|seis|siete|ocho|diez) idiomas',
      ],
    },
    {
      en: [
        'same (item|question|problem|task|answer|text|prompt|instruction|content|exercise|passage)',
        '(answer|solve|work|pose|ask|reason|respond)\\w* (\\w+ ){0,6}(in|for|across) (each|every|all|the following|\\d+)',
        '(item|instruction|prompt|seed|benchmark|problem|question|task)( \\w+)?:',
        'parallel',
        'align(ed|ment)',
        'one (json )?(record|line|object|row|entry) (per|for each) language',
        'keyed by (language|locale|iso)',
        'native(ly)? (re)?(phras|writ|express)',
      ],
      zh: [
        '(同一|相同的?|这(一|个)?)(题|问题|任务|指令|内容|条目)',
        '(回答|解答|求解|作答)',
        '平行',
        '对齐',
        '(每|各)(种)?语言(一|各|输出)',
        '(题目|问题|指令|条目)[:：]',
      ],
      ru: [
        '(один и тот же|тот же|ту же|одну и ту же|одно и то же) (\\S+ )?(вопрос|задач|задани|текст|инструкци|пример)',
        '(реши|ответь|решени)',
        'параллельн',
        'выровн',
        '(задача|вопрос|инструкция|задание)\\s*:',
        '(строк|запис|объект)\\S* на кажд',
      ],
      ko: [
        '(같은|동일한) ?(문제|질문|과제|지시|항목|내용)',
        '(풀|답하|답변하|응답하)',
        '병렬',
        '정렬',
        '(문제|질문|지시|항목)\\s*[:：]',
        '언어(별로|마다) (한|하나)',
      ],
      es: [
        '(mismo|misma) (ejercicio|pregunta|problema|tarea|instrucción|texto)',
        '(resuelve|responde|contesta)',
        'paralel',
        'alinead',
        '(problema|pregunta|instrucción|tarea)\\s*:',
        'un(a)? (registro|línea|objeto) por idioma',
      ],
    },
  ],
  unless: {
    en: [
      'product (strings?|page|description|name)',
      '\\bui\\b',
      'website',
      'app store',
      'release notes',
      'marketing',
      'brochure',
      'our (app|site|shop|store|customers|product|website|newsletter|hotel|menu)',
      'i18n',
      'locali[sz]',
      '\\bmenu\\b',
      'subtitles?',
      'greeting card',
      'slogan',
      'learn(ing)? (a |new )?languages?',
      'programming languages?',
    ],
    zh: [
      '网站',
      '界面',
      '产品(页|说明|描述|名)',
      '我们的(应用|产品|客户|菜单|酒店)',
      '本地化',
      '菜单',
      '字幕',
      '宣传',
      '编程语言',
      '说明书',
    ],
    ru: [
      'сайт',
      'интерфейс',
      'приложени',
      'товар',
      'локализ',
      'меню',
      'субтитр',
      'реклам',
      'буклет',
      'язык\\S* программирования',
    ],
    ko: ['웹 ?사이트', '앱', '제품', '화면', '현지화', '메뉴', '자막', '홍보', '프로그래밍 언어'],
    es: [
      'sitio',
      'página web',
      'interfaz',
      'producto',
      'nuestr[ao]s? (app|aplicación|tienda|clientes|menú|hotel|carta)',
      'localiza(r|ción)',
      'menú',
      'subtítulos',
      'folleto',
      'lenguajes? de programación',
    ],
  },
};
