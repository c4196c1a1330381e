import type { Capability } from '../rules.ts';

export const translation: Capability = {
  id: 'translation',
  title: 'Putting texts into other languages',
  signs: [
    {
      en: [
        'translat',
        'how (do|would|can) (you|i|we) say',
        '\\b(put|render) (this|it|that) (in|into)\\b',
        'locali[sz](e|ation)',
        'interpret(er|ing) (between|from)',
        'subtitle',
      ],
      zh: ['翻译', '[译翻](成|为|文|出)', '怎么用.{1,4}(语|文)', '本地化', '字幕'],
      ru: ['перевед', 'перевод', 'переводч', 'локализ', 'как (сказать|будет) (на|по)'],
      ko: ['번역', '옮겨', '(어|말)로 뭐라고', '현지화', '통역'],
      es: ['traduc', 'traduz', 'pása(lo|me).{0,6} al', 'cómo se dice', 'localiza(r|ción)'],
    },
    {
      en: [
        '(into|to|from|in) (simplified |traditional |brazilian |formal )?(english|chinese|russian|korean|spanish|japanese|german|french|arabic|hindi|portuguese|italian|dutch|polish|turkish|thai|indonesian|vietnamese|catalan|greek|ukrainian|swedish|hebrew)\\b',
        '(each|every|all|following) (of the )?languages',
        'target language',
        'source language',
      ],
      zh: ['(成|为|到)(英|中|俄|韩|日|法|德|西班牙|阿拉伯|葡萄牙)(文|语)', '(目标|源)语言', '(每种|各种|以下)语言'],
      ru: [
        'на (английск|китайск|русск|корейск|испанск|немецк|французск|японск|арабск)\\S+',
        'с (английск|китайск|русск|корейск|испанск|немецк|французск)\\S+',
        'на (кажд|все|следующ)\\S+ язык',
      ],
      ko: ['(영어|중국어|러시아어|한국어|스페인어|일본어|독일어|프랑스어)로', '각 언어', '대상 언어'],
      es: [
        '(al|del|en) (inglés|chino|ruso|coreano|español|japonés|alemán|francés|árabe|portugués|italiano)',
        'idioma (de destino|de origen)',
        'cada idioma',
      ],
    },
  ],
};
