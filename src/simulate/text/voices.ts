/** Languages that texts are written in. */
export const languages = ['en', 'zh', 'ru', 'ko', 'es', 'de', 'fr', 'ar', 'hi', 'pt'] as const;

/** Scripts that go together: what stands in the system prompt, and what is asked under it. */
interface Group {
  readonly system: string;
  readonly tasks: readonly string[];
}

/** How one kind of customer writes. */
export interface Voice {
  readonly name: string;
  /** A template takes one group for good, each call one of its tasks; all groups have equally many. */
  readonly groups: readonly Group[];
  /** Subjects that an author comes back to; 0 where each call has a subject of its own. */
  readonly interests: number;
}

const people = ['ask', 'ask', 'ask', 'follow', 'follow', 'write', 'code', 'translate', 'maths', 'life'].map(
  (task) => `people.${task}`,
);
const coding = ['fix', 'fix', 'build', 'build', 'explain', 'tests', 'shell', 'review'].map((task) => `coding.${task}`);
const office = ['mail', 'mail', 'document', 'sheet', 'minutes', 'plan', 'mail', 'sheet'].map(
  (task) => `office.${task}`,
);

/** Each template of such a voice has one kind of task. */
const oneTask = (scripts: readonly string[]): Group[] => scripts.map((script) => ({ system: script, tasks: [script] }));

const person: Group[] = [{ system: 'people.persona', tasks: people }];

const products: Group[] = [
  { system: 'product.coding', tasks: coding },
  { system: 'product.coding', tasks: coding },
  { system: 'product.office', tasks: office },
];

const applications = oneTask([
  'application.extract',
  'application.classify',
  'application.summarise',
  'application.describe',
  'application.answer',
  'application.chat',
  'application.moderate',
  'application.tutor',
  'application.translate',
  'application.annotate',
  'application.report',
  'application.extract',
  'application.answer',
  'application.sql',
]);

export const voices: readonly Voice[] = [
  { name: 'person', groups: person, interests: 7 },
  { name: 'employee', groups: [{ system: 'product.office', tasks: people }], interests: 4 },
  { name: 'product', groups: products, interests: 5 },
  { name: 'application', groups: applications, interests: 0 },
  { name: 'service', groups: applications, interests: 0 },
  { name: 'review', groups: oneTask(['review.diff']), interests: 0 },
  { name: 'support', groups: oneTask(['support.ticket']), interests: 0 },
  { name: 'orchestrator', groups: oneTask(['orchestrator.step']), interests: 0 },
  { name: 'course', groups: oneTask(['course.essay', 'course.program', 'course.lab']), interests: 0 },
  { name: 'exercise', groups: oneTask(['course.exercise']), interests: 0 },
  { name: 'benchmark', groups: oneTask(['benchmark.choice', 'benchmark.problem', 'benchmark.program']), interests: 0 },
  { name: 'judge', groups: oneTask(['judge.score', 'judge.compare']), interests: 0 },
  { name: 'attack', groups: oneTask(['attack.probe']), interests: 0 },
  { name: 'everyday', groups: oneTask(['stock.everyday']), interests: 0 },
  { name: 'relay', groups: oneTask(['product.relay']), interests: 0 },
  {
    name: 'licensed',
    groups: oneTask(['licensed.dialogue', 'licensed.instructions', 'licensed.solutions', 'licensed.tasks']),
    interests: 0,
  },
  {
    name: 'campaign-1',
    groups: oneTask(
      ['code', 'code', 'tool-traces', 'tool-traces', 'rl-tasks', 'synthetic-code', 'critique', 'agent'].map(
        (task) => `harvest.${task}`,
      ),
    ),
    interests: 0,
  },
  {
    name: 'campaign-2',
    groups: oneTask(
      ['tool-traces', 'computer-use', 'vision', 'code', 'analyst', 'analyst', 'back-fill', 'agent'].map(
        (task) => `harvest.${task}`,
      ),
    ),
    interests: 0,
  },
  {
    name: 'campaign-3',
    groups: oneTask(
      ['reasoning', 'back-fill', 'rubric', 'rewrite', 'coercion', 'reasoning'].map((task) => `harvest.${task}`),
    ),
    interests: 0,
  },
  {
    name: 'network',
    groups: oneTask(
      [
        'code',
        'agent',
        'reasoning',
        'rl-tasks',
        'synthetic',
        'sweep',
        'coercion',
        'analyst',
        'critique',
        'rubric',
        'tool-traces',
      ].map((task) => `harvest.${task}`),
    ),
    interests: 0,
  },
];

/** Voices whose templates come in languages of their own. */
export const campaignVoices: readonly string[] = ['campaign-1', 'campaign-2', 'campaign-3', 'network'];
