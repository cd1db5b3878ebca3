import { styleText } from 'node:util';
import {
  severities,
  type Examination,
  type ExaminedIdentity,
  type Finding,
  type NotMade,
  type Severity,
  type UserExamination,
} from '@idp-relay/tenant-doctor';
import { printable } from './printable.ts';

const colours = { error: 'red', warning: 'yellow', note: 'cyan' } as const satisfies Record<Severity, string>;
const marks = { fine: '+', in_the_way: '-', not_made: '?' } as const;

/** Writes examinations for people. */
export class DoctorText {
  readonly #isColoured: boolean;

  /** @param isColoured true where the text goes to a terminal */
  constructor(isColoured: boolean) {
    this.#isColoured = isColoured;
  }

  /** Findings by weight, what passed, and what was not looked at. */
  examination({ findings, passed, notMade }: Examination): string {
    return [
      ...findings.map((finding) => this.#finding(finding)),
      this.#summary(findings, passed.length),
      ...this.#notMade(notMade),
    ].join('\n');
  }

  /** A user's identities, one by one, and then the findings. */
  user(examination: UserExamination): string {
    const { identities } = examination;
    const heading =
      identities === undefined
        ? 'Their identities could not be looked at; see below.\n'
        : identities.length === 0
          ? ''
          : `${identities.map((identity) => this.#identity(identity)).join('\n')}\n`;
    return `${heading}${this.examination(examination)}`;
  }

  #finding({ severity, code, subject, title, evidence, fix, documentation }: Finding): string {
    return [
      `${this.#paint(colours[severity], severity.toUpperCase())} ${this.#paint('bold', printable(subject))} ${this.#paint('dim', code)}`,
      `  ${title}`,
      `    seen: ${printable(evidence)}`,
      `    do:   ${printable(fix)}`,
      ...(documentation === undefined ? [] : [`    read: ${documentation}`]),
      '',
    ].join('\n');
  }

  #identity({ connection, idpUserId, primary, verdict, walk }: ExaminedIdentity): string {
    return [
      `${this.#paint('bold', printable(connection))} ${printable(idpUserId)}${primary ? ' (primary)' : ''}: ${verdict.state} (${verdict.reason})`,
      `  ${printable(`${verdict.detail} ${verdict.advice}`.trim())}`,
      ...walk.map(({ outcome, text }) => `    ${marks[outcome]} ${printable(text)}`),
      '',
    ].join('\n');
  }

  #summary(findings: readonly Finding[], passed: number): string {
    const counts = severities.map((severity) => {
      const count = findings.filter((finding) => finding.severity === severity).length;
      return `${count} ${severity}${count === 1 ? '' : 's'}`;
    });
    return `${counts.join(', ')}; ${passed} checks passed.\n`;
  }

  #notMade(notMade: readonly NotMade[]): readonly string[] {
    if (notMade.length === 0) return [];
    const byReason = Map.groupBy(notMade, ({ reason }) => reason);
    return [
      `${notMade.length} checks were not made:`,
      ...[...byReason].map(
        ([reason, checks]) => `  ${printable(reason)}: ${checks.map(({ check }) => check).join(', ')}`,
      ),
      '',
    ];
  }

  #paint(format: Parameters<typeof styleText>[0], text: string): string {
    return this.#isColoured ? styleText(format, text, { validateStream: false }) : text;
  }
}
