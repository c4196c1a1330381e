import { agenticTools } from './capabilities/agentic-tools.ts';
import { code } from './capabilities/code.ts';
import { computerUse } from './capabilities/computer-use.ts';
import { dataAnalysis } from './capabilities/data-analysis.ts';
import { reasoning } from './capabilities/reasoning.ts';
import { safetySensitive } from './capabilities/safety-sensitive.ts';
import { translation } from './capabilities/translation.ts';
import { vision } from './capabilities/vision.ts';
import { autograding } from './labels/autograding.ts';
import { chainOfThought } from './labels/chain-of-thought.ts';
import { critiquing } from './labels/critiquing.ts';
import { expertBoilerplate } from './labels/expert-boilerplate.ts';
import { languageCoercion } from './labels/language-coercion.ts';
import { languageSweep } from './labels/language-sweep.ts';
import { policySafeRewrite } from './labels/policy-safe-rewrite.ts';
import { reasoningBackFill } from './labels/reasoning-back-fill.ts';
import { rlTasks } from './labels/rl-tasks.ts';
import { syntheticData } from './labels/synthetic-data.ts';
import { toolTraces } from './labels/tool-traces.ts';
import type { Capability, ExtractionLabel } from './rules.ts';

/** Where as many ideas speak for two, the earlier one counts: the more particular stand first. */
export const labels: readonly ExtractionLabel[] = [
  languageCoercion,
  policySafeRewrite,
  reasoningBackFill,
  toolTraces,
  languageSweep,
  expertBoilerplate,
  autograding,
  critiquing,
  rlTasks,
  syntheticData,
  chainOfThought,
];

/** In the same order. */
export const capabilities: readonly Capability[] = [
  computerUse,
  vision,
  agenticTools,
  safetySensitive,
  translation,
  dataAnalysis,
  code,
  reasoning,
];
