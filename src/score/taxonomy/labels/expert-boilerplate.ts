import type { ExtractionLabel } from '../rules.ts';

/** The prompt that a provider published of a campaign, harmless when it comes once. */
export const expertBoilerplate: ExtractionLabel = {
  id: 'expert-boilerplate',
  title: 'An expert is conjured up who rests on data and reasons in full',
  doubles: 'everybody who copies such prompts from the net',
  needs: [
    {
      en: [
        'you are (an?|the) (\\w+[ -]){0,3}(expert|specialist|scientist|analyst|engineer|mathematician|researcher|architect|authority|strategist|statistician|economist|physician|lawyer|professor)',
        'act as (an?|the) (\\w+[ -]){0,3}(expert|specialist|analyst|scientist)',
        'world[- ]class',
        '(senior|seasoned|leading) (\\w+ ){1,2}(lead|analyst|expert)',
        'deep (domain )?(knowledge|expertise)',
      ],
      zh: [
        '你是(一(位|名|个))?.{0,16}(专家|分析师|工程师|科学家|数学家|研究员|架构师|学者)',
        '作为(一(位|名|个))?.{0,12}(专家|分析师)',
        '顶尖|世界级|资深',
      ],
      ru: [
        '(ты|вы)( -| —|,)? (\\S+ ){0,3}(эксперт|специалист|аналитик|инженер|уч[её]н|математик|исследовател|архитектор)',
        'миров\\S+ уровн',
        'глубок\\S+ знани',
      ],
      ko: ['(당신은|너는).{0,24}(전문가|분석가|엔지니어|과학자|수학자|연구원|연구자|설계자)', '세계적인|최고 수준'],
      es: [
        'eres (un|una|el|la) (\\S+ ){0,3}(expert|especialista|analista|ingenier|científic|matemátic|investigador|arquitect)',
        'actúa como (un|una) (\\S+ ){0,2}(expert|analista|especialista)',
        'primer nivel|talla mundial',
      ],
    },
    {
      en: [
        'ground(ed)? in',
        'rest(s|ing)? on',
        '(based|built) on (real|actual|verifiable|solid)',
        'backed by',
        'support each claim',
        'real data',
        '\\bevidence\\b',
        'rigou?r',
        'data[- ]driven',
        'statistical',
      ],
      zh: ['基于', '扎根', '真实(的)?数据', '证据', '严谨', '数据驱动', '依据'],
      ru: ['основан', 'опира', 'реальн\\S+ данн', 'доказательств', 'факт', 'строг'],
      ko: ['근거', '실제 ?데이터', '증거', '기반', '엄밀', '데이터 ?중심'],
      es: ['basad[oa]', 'fundament', 'datos reales', 'evidencia', 'rigor', 'respaldad'],
    },
    {
      en: [
        '(transparent|complete|full|rigorous|explicit|entire|thorough|visible)(\\W+\\w+){0,3}\\W+(reasoning|chain of thought|logic|thought process|argument|derivation)',
        'reasoning (\\w+ ){0,3}(transparent|complete|in full|explicit|visible|shown)',
        'show (\\w+ )?(all|every|your full|the full|complete)',
        'explain every',
      ],
      zh: [
        '(透明|完整|充分|严密|清晰|公开)(且|、|而|的)?.{0,8}(推理|推导|论证|思路|逻辑)',
        '(推理|推导|论证|思路)(过程)?.{0,6}(透明|完整|公开)',
        '展示.{0,6}(全部|完整)',
      ],
      ru: [
        '(прозрачн|полн|строг|явн|подробн)\\S*(,? и| )*(\\S+ ){0,2}(рассужд|логик|обоснован|аргумент|ход мысл)',
        '(рассужд|логик|обоснован)\\S* .{0,20}(прозрачн|полностью|целиком)',
      ],
      ko: [
        '(투명|완전|전체|엄밀|명시적)\\S* ?(하고 |고 )?.{0,8}(추론|논증|사고|논리)',
        '(추론|논증|사고 과정)\\S* .{0,8}(투명|모두|전부|빠짐)',
      ],
      es: [
        'razonamiento (\\S+ ){0,2}(transparente|complet|explícit|riguros)\\w*',
        '(transparente|completo|explícito|riguroso)(\\S* y \\S+)? razonamiento',
        'muestra (\\S+ )?(todo|cada|completo)',
      ],
    },
  ],
};
