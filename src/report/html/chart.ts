import { html, type Markup } from './markup.ts';
import { shortNumber, tenth, ticks } from './numbers.ts';

/** The room of a drawing and the plot inside it, in units of the drawing. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export const wideFrame: Frame = { width: 720, height: 180, left: 44, right: 8, top: 26, bottom: 22 };
export const smallFrame: Frame = { width: 280, height: 150, left: 36, right: 8, top: 10, bottom: 22 };

/** A drawing that says in words what it shows; `id` is unique in the page. */
export function drawing(
  id: string,
  { width, height }: Frame,
  title: string,
  description: string,
  body: Markup[],
): Markup {
  return html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}-t ${id}-d"><title id="${id}-t">${title}</title><desc id="${id}-d">${description}</desc>${body}</svg>`;
}

/** A figure: a drawing with its caption beneath the heading. */
export function figure(heading: string, drawn: Markup, legend: Markup, more: Markup[] = []): Markup {
  return html`<figure><figcaption><h4>${heading}</h4>${legend}</figcaption>${drawn}${more}</figure>
`;
}

/** The value axis: lines across the plot with their numbers, and where a value lies. */
export function valueAxis(frame: Frame, most: number, label: (value: number) => string = shortNumber) {
  const values = ticks(most);
  const top = values[values.length - 1] ?? 1;
  const plotHeight = frame.height - frame.top - frame.bottom;
  const y = (value: number): number => tenth(frame.top + plotHeight * (1 - value / top));
  const lines = values.map(
    (value) =>
      html`<path class="grid" d="M${frame.left} ${y(value)}H${frame.width - frame.right}"/><text class="end" x="${frame.left - 6}" y="${y(value) + 4}">${label(value)}</text>`,
  );
  return { y, lines };
}

/** Bars side by side over the whole plot, as one path. */
export function bars(frame: Frame, values: readonly number[], y: (value: number) => number): Markup {
  const step = plotWidth(frame) / Math.max(1, values.length);
  const gap = step > 4 ? 1 : 0;
  const path = values.map((value, position) => {
    const [x, top] = [tenth(frame.left + position * step + gap / 2), y(value)];
    return value > 0 ? `M${x} ${y(0)}V${top}h${tenth(step - gap)}V${y(0)}z` : '';
  });
  return html`<path class="bar" d="${path.join('')}"/>`;
}

/** A line that steps over the same places as `bars`. */
export function stairs(frame: Frame, values: readonly number[], y: (value: number) => number): Markup {
  const step = plotWidth(frame) / Math.max(1, values.length);
  const path = values.map(
    (value, position) =>
      `${position === 0 ? 'M' : 'L'}${tenth(frame.left + position * step)} ${y(value)}h${tenth(step)}`,
  );
  return html`<path class="line" d="${path.join('')}"/>`;
}

/** Texts under the plot; `at` is a place 0..1 along it. */
export function placeLabels(frame: Frame, labels: readonly { readonly at: number; readonly text: string }[]): Markup[] {
  return labels.map(
    ({ at, text }) =>
      html`<text class="mid" x="${tenth(frame.left + at * plotWidth(frame))}" y="${frame.height - 6}">${text}</text>`,
  );
}

export function plotWidth({ width, left, right }: Frame): number {
  return width - left - right;
}
