import type { Capability } from '../rules.ts';

export const vision: Capability = {
  id: 'vision',
  title: 'Reading pictures, charts and scans',
  signs: [
    {
      en: [
        '\\b(attached|this|following|given|each|the|uploaded) (\\w+ )?(image|picture|photo|photograph|figure|diagram|chart image|scan|x-ray|floor plan|drawing)s?\\b',
        '<image',
        '\\.(png|jpe?g|webp|tiff?)\\b',
        '\\[image',
        'image_url',
      ],
      zh: ['(图片|图像|照片|附图|图中|扫描件|示意图)', '看图'],
      ru: ['(изображени|картинк|фотограф|рисунк|скан|на фото)'],
      ko: ['(이미지|사진|그림|도표|스캔)'],
      es: ['(imagen|imágenes|fotografía|\\bfoto\\b|dibujo|escaneo)'],
    },
    {
      en: [
        '\\b(describe|caption|transcribe|ocr|read|detect|count|locate|identify) (\\w+ ){0,4}(image|picture|photo|figure|scene|objects?|handwriting|bounding box)',
        'bounding box',
        'visual question',
        '\\bvqa\\b',
        '\\bocr\\b',
      ],
      zh: ['(描述|识别|读取|标注|检测|数).{0,8}(图|照片|画面|物体|手写)', '边界框', '视觉问答'],
      ru: ['(опиши|распозна|прочти|найди|посчитай) .{0,20}(изображени|фото|картинк|рисун|предмет)', 'ограничивающ'],
      ko: ['(이미지|사진|그림)\\S* .{0,12}(설명|묘사|인식|읽|세)', '경계 ?상자', '시각 ?질의'],
      es: [
        '(describe|transcribe|identifica|detecta|cuenta|lee) .{0,20}(imagen|foto|dibujo|objetos)',
        'cuadro delimitador',
      ],
    },
  ],
};
