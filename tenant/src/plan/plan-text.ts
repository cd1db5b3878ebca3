import { styleText } from 'node:util';
import { printable } from '../printable.ts';
import type { FieldChange } from './field-change.ts';
import { isEmpty, type Named, type Plan, type PlanWarning } from './plan.ts';

type Format = Parameters<typeof styleText>[0];

/** Writes a plan for people. */
export class PlanText {
  readonly #isColoured: boolean;

  /** @param isColoured true where the text goes to a terminal */
  constructor(isColoured: boolean) {
    this.#isColoured = isColoured;
  }

  /** Warnings first, then what would be created and changed, then what stays, in counts. */
  plan(plan: Plan): string {
    const { warnings, create, change, unchanged, notManaged, notCompared } = plan;
    const others = Object.entries(notManaged).map(([kind, count]) => countOf(count, kind));
    return [
      ...this.#group(
        'Look at these first',
        warnings.map((warning) => this.#warning(warning)),
      ),
      ...this.#group(
        'Would be created',
        create.map((one) => this.#paint('green', `+ ${title(one)}`)),
      ),
      ...this.#group(
        'Would be changed',
        change.map((one) =>
          [
            this.#paint('yellow', `~ ${title(one)}`),
            ...one.changes.flatMap((each) => this.#change(each)),
          ].join('\n'),
        ),
      ),
      ...this.#group(
        'Cannot be compared',
        notCompared.map((one) => `? ${title(one)}: ${printable(one.field)}, ${one.reason}`),
      ),
      `${isEmpty(plan) ? 'Nothing to do. ' : ''}${create.length} to create, ${change.length} to change, ${unchanged.length} left alone.`,
      ...(others.length === 0 ? [] : [`Not managed, and never touched: ${others.join(', ')}.`]),
      '',
    ].join('\n');
  }

  #group(heading: string, lines: readonly string[]): readonly string[] {
    return lines.length === 0 ? [] : [this.#paint('bold', heading), ...lines.map((line) => `  ${line}`), ''];
  }

  #warning({ field, message, ...one }: PlanWarning): string {
    return `${this.#paint('red', '!')} ${title(one)}: ${printable(field)} ${message}`;
  }

  #change(change: FieldChange): readonly string[] {
    const line = (text: string): string => `      ${printable(change.field)}: ${printable(text)}`;
    switch (change.how) {
      case 'set':
        return [line(`${show(change.from)} → ${show(change.to)}`)];
      case 'items':
        return [
          ...change.removed.map((item) => this.#paint('red', line(`- ${show(item)}`))),
          ...change.added.map((item) => this.#paint('green', line(`+ ${show(item)}`))),
        ];
      case 'text':
        return [line(`differs from line ${change.line} on`)];
      case 'secret':
        return [line('a secret differs')];
      case 'lost':
        return [this.#paint('red', line(`- ${show(change.from)}`))];
    }
  }

  #paint(format: Format, text: string): string {
    return this.#isColoured ? styleText(format, text, { validateStream: false }) : text;
  }
}

const title = ({ kind, name }: Named): string => `${kind} ${printable(name)}`;

const countOf = (count: number, kind: string): string => `${count} ${kind}${count === 1 ? '' : 's'}`;

/** A value in one line: long ones end early. */
function show(value: unknown): string {
  if (value === undefined) return '(not set)';
  const text = typeof value === 'string' && value !== '' ? value : JSON.stringify(value);
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}
