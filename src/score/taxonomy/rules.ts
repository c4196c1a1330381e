/** Ways of saying one thing, by language: RE2 patterns that are looked for anywhere in lower-cased text. */
export interface Idea {
  readonly en: readonly string[];
  readonly zh: readonly string[];
  readonly ru: readonly string[];
  readonly ko: readonly string[];
  readonly es: readonly string[];
}

/** A way of harvesting a model, told by what a prompt says. It describes and never accuses: each has honest doubles. */
export interface ExtractionLabel {
  readonly id: string;
  readonly title: string;
  /** Who asks so for honest reasons. */
  readonly doubles: string;
  /** All of them have to be said. */
  readonly needs: readonly Idea[];
  /** None of them may be said. */
  readonly unless?: Idea;
}

/** What a prompt wants a model to be able to do. */
export interface Capability {
  readonly id: string;
  readonly title: string;
  /** One of them is enough; most of them decide between capabilities. */
  readonly signs: readonly Idea[];
}

/** One pattern for an idea in any language. */
export function patternOf(idea: Idea): string {
  return [...idea.en, ...idea.zh, ...idea.ru, ...idea.ko, ...idea.es].join('|');
}
