import type { Capability } from '../rules.ts';

export const code: Capability = {
  id: 'code',
  title: 'Writing and mending programs',
  signs: [
    {
      en: [
        '\\b(python|javascript|typescript|java|golang|rust|kotlin|swift|ruby|php|c\\+\\+|sql|bash|html|css|react|django|node\\.js|kubernetes|dockerfile|terraform|regex)\\b',
      ],
      zh: ['编程', '代码', '程序(员|设计|代码)?', '脚本'],
      ru: ['\\bкод', 'программ(у|ист|ирован)', 'скрипт', 'питон'],
      ko: ['코드', '프로그래밍', '프로그램', '스크립트', '파이썬'],
      es: ['código', 'programa(ción|r)', 'guion de shell', 'script'],
    },
    {
      en: [
        '\\b(functions?|endpoint|codebase|repository|repo|pull request|unit tests?|compiler|refactor|debug|stack trace|bug|lint|git|api)\\b',
        '\\w+(error|exception)\\b',
        '\\bcod(e|ing)\\b',
        'software engineer',
        'programming',
      ],
      zh: ['函数', '类库', '接口(定义|文档|调用)', '重构', '调试', '单元测试', '报错'],
      ru: ['функци\\S+ ', 'репозитор', 'рефактор', 'отлад', 'юнит-тест', 'баг', 'ошибк\\S* компил'],
      ko: ['함수', '클래스', '리팩터|리팩토', '디버', '단위 ?테스트', '버그'],
      es: ['\\bfunción\\b', 'repositorio', 'refactor', 'depura', 'prueba unitaria|pruebas unitarias'],
    },
    {
      en: [
        '```',
        '\\bdef [a-z_]+\\(',
        '\\bimport [a-z_]+',
        '\\bselect .{1,60} from \\b',
        '=> ?\\{',
        '[a-z_]+\\.(py|ts|js|go|rs|java|cpp|sql|sh|rb|kt)\\b',
        '#include',
        'public (static )?(void|class)',
      ],
      zh: ['实现(一个|以下|该)?.{0,12}(算法|函数|功能|接口)'],
      ru: ['реализуй .{0,20}(алгоритм|функци|класс)'],
      ko: ['(알고리즘|함수|기능)\\S* ?(을|를)? ?구현'],
      es: ['implementa .{0,20}(algoritmo|función|clase)'],
    },
  ],
};
