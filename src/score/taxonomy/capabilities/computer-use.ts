import type { Capability } from '../rules.ts';

export const computerUse: Capability = {
  id: 'computer-use',
  title: 'Working a screen with mouse and keyboard',
  signs: [
    {
      en: [
        'screenshots?\\b',
        'computer[- ]use',
        'accessibility tree',
        'desktop (environment|task|session)',
        'web (page|browser) agent',
        '\\bgui\\b',
      ],
      zh: ['截图', '截屏', '桌面(环境|任务|操作)', '图形界面', '可访问性树'],
      ru: ['скриншот', 'снимк\\S* экран', 'рабоч\\S+ стол', 'графическ\\S+ интерфейс'],
      ko: ['스크린샷', '화면 ?캡처', '데스크톱', '그래픽 ?인터페이스'],
      es: ['captura de pantalla', 'capturas de pantalla', 'escritorio', 'interfaz gráfica'],
    },
    {
      en: [
        '\\b(double-?)?click(s|ed|ing)?\\b',
        '\\bmouse (move|click|position|button)',
        'keystrokes?',
        '\\bx[ :=]*\\d+,? ?y[ :=]*\\d+',
        '(pointer|cursor) at',
        'scroll (down|up|to)',
        'type into',
        'coordinates?\\b',
        'cursor position',
      ],
      zh: ['点击', '(鼠标|键盘)(操作|输入|移动|事件)', '滚动(到|至|页面)', '坐标'],
      ru: ['клик', 'мышью', 'клавиш\\S* (на|по)', 'прокрут', 'координат'],
      ko: ['클릭', '(마우스|키보드) ?(조작|입력|이동|동작)', '스크롤', '좌표'],
      es: ['\\bclics?\\b', '(con el|mueve el) ratón', 'desplaza(r|te) (hacia|hasta)', 'coordenadas'],
    },
    {
      en: [
        '\\b(open|in|on) the (browser|settings|file manager|app|application|window|dialog|menu)\\b',
        'next (ui )?action',
        'browser (task|session|actions?)',
      ],
      zh: ['打开(浏览器|设置|窗口|应用|菜单)', '下一步操作'],
      ru: ['открой (браузер|настройк|окно|меню|приложени)', 'следующ\\S+ действи'],
      ko: ['(브라우저|설정|창|앱|메뉴)\\S* ?(을|를)? ?열', '다음 동작'],
      es: ['abre (el navegador|la ventana|los ajustes|la aplicación|el menú)', 'siguiente acción'],
    },
  ],
};
