/** Words that options take. They stand apart from the schemas so that help need not load those. */
export const profileNames = ['strict', 'balanced', 'sensitive'] as const;
export const levelChoices = ['high', 'medium', 'low'] as const;
export const colorChoices = ['auto', 'always', 'never'] as const;
export const progressChoices = ['auto', 'ndjson', 'none'] as const;
