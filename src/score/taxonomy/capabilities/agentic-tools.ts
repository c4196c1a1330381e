import type { Capability } from '../rules.ts';

export const agenticTools: Capability = {
  id: 'agentic-tools',
  title: 'Planning and calling tools over many steps',
  signs: [
    {
      en: [
        '\\b(tool|function)[- ]?(call|use|using|invocation|schema|definition)',
        'available tools?',
        'call (the |a |an )?(\\w+ )?(tool|function|api)\\b',
        'tool_',
        'mcp server',
      ],
      zh: ['工具(调用|使用)', '调用(工具|函数|接口)', '可用(的)?工具', '函数调用'],
      ru: [
        'вызов\\S* (инструмент|функци)',
        'доступн\\S+ инструмент',
        'вызови (инструмент|функци)',
        'использу\\S+ инструмент',
      ],
      ko: ['(도구|함수|툴) ?(호출|사용)', '사용 ?가능한 (도구|툴)'],
      es: ['llamadas? a (herramient|funcion|la función)\\w*', 'herramientas disponibles', 'uso de herramientas'],
    },
    {
      en: ['\\bagent(s|ic)?\\b', 'sub-?agents?', 'orchestrat', 'long[- ]horizon', 'autonomous(ly)?'],
      zh: ['智能体', '代理人', '编排', '自主(完成|规划|执行)', '长程'],
      ru: ['агент', 'оркестр', 'автономн'],
      ko: ['에이전트', '오케스트', '자율'],
      es: ['\\bagentes?\\b', 'orquest', 'autónom'],
    },
    {
      en: [
        'trajector',
        'rollouts?\\b',
        '(multi|several|many)[- ]?step (task|plan|workflow)',
        'observations?:',
        'thought:',
        '\\bplan(ning)?\\b.{0,40}\\b(act|execute|tools?)\\b',
        'workflow',
      ],
      zh: ['轨迹', '多步(任务|规划|流程)', '规划并执行', '观察[:：]', '工作流'],
      ru: ['траектори', 'многошагов\\S+ (задач|план)', 'спланируй и', 'наблюдение:'],
      ko: ['궤적', '여러 단계(의)? (작업|계획)', '다단계', '계획.{0,10}실행', '관찰[:：]'],
      es: ['trayectoria', '(tarea|plan) de varios pasos', 'planifica y', 'flujo de trabajo', 'observación:'],
    },
  ],
};
