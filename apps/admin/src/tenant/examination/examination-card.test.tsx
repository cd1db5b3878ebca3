import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { openDashboard, problem } from '../../test/open-dashboard.tsx';
import { sampleExamination } from '../../test/samples.ts';
import type { Examination, Finding } from './examination-query.ts';

const finding = (changed: Partial<Finding> = {}): Finding => ({
  code: 'relay_api_rbac_off',
  severity: 'error',
  subject: 'https://relay.example.com',
  title: 'Role-based access control is off for the relay’s API.',
  evidence: 'enforce_policies: false',
  fix: 'Run npm run tenant:deploy.',
  ...changed,
});
const note = finding({ code: 'relay_client_uses_secret', severity: 'note', subject: 'IdP Relay API' });
const unwell: Examination = sampleExamination({
  counts: { errors: 2, warnings: 1, notes: 1, passed: 55, not_made: 3 },
  findings: [
    finding({ documentation: 'https://auth0.com/docs/get-started/apis' }),
    finding({ code: 'connection_missing', subject: 'gitlab', fix: 'Make it in the tenant.' }),
    finding({ code: 'operators_none', severity: 'warning', subject: 'IdP Relay Operator' }),
    note,
  ],
  not_made: [
    { check: 'role_missing', reason: 'the token lacks read:roles', missing_scope: 'read:roles' },
    { check: 'role_lacks_permission', reason: 'the token lacks read:roles', missing_scope: 'read:roles' },
    { check: 'dashboard_callback_missing', reason: 'its addresses are not known here' },
  ],
});
const open = (examination: object | (() => unknown)) =>
  openDashboard('/tenant', { 'GET /v1/tenant/doctor': examination });
const card = async () => within(await screen.findByRole('region', { name: 'Examination of the tenant' }));

describe('the examination of the tenant', () => {
  it('says that all is well', async () => {
    open(sampleExamination());
    const shown = await card();
    expect(await shown.findByText('All is well')).toBeVisible();
    expect(shown.getByText('62 checks found nothing.')).toBeVisible();
    expect(shown.queryByRole('listitem')).toBeNull();
    expect(shown.queryByText(/not made/)).toBeNull();
  });

  it('is well with notes alone, which are shown all the same', async () => {
    open(sampleExamination({ findings: [note], counts: { ...sampleExamination().counts, notes: 1 } }));
    const shown = await card();
    expect(await shown.findByText('All is well')).toBeVisible();
    expect(shown.getByText('relay_client_uses_secret')).toBeVisible();
  });

  it('groups findings, the worst first, with what was seen and what to do', async () => {
    open(unwell);
    const shown = await card();
    expect(await shown.findByText('2 errors, 1 warning, 1 note')).toBeVisible();
    expect(shown.getByText('55 checks found nothing, 3 could not be made.')).toBeVisible();
    const headings = shown.getAllByRole('heading', { level: 3 }).map(({ textContent }) => textContent);
    expect(headings).toEqual([
      expect.stringMatching(/^Errors/),
      expect.stringMatching(/^Warnings/),
      expect.stringMatching(/^Notes/),
    ]);
    const errors = within(shown.getByRole('region', { name: /^Errors/ })).getAllByRole('listitem');
    expect(errors).toHaveLength(2);
    const [first, second] = errors.map((item) => within(item));
    expect(first?.getByText('https://relay.example.com')).toBeVisible();
    expect(first?.getByText('enforce_policies: false')).toBeVisible();
    expect(first?.getByText('Run npm run tenant:deploy.')).toBeVisible();
    expect(first?.getByRole('link', { name: /documentation/ })).toHaveAttribute(
      'href',
      'https://auth0.com/docs/get-started/apis',
    );
    expect(second?.getByText('Make it in the tenant.')).toBeVisible();
    expect(second?.queryByRole('link')).toBeNull();
  });

  it('keeps the checks that were not made closed, and names the missing scope once', async () => {
    const { person } = open(unwell);
    const shown = await card();
    const summary = await shown.findByText('3 checks were not made');
    expect(shown.getByText('role_missing')).not.toBeVisible();
    await person.click(summary);
    expect(shown.getByText('role_missing')).toBeVisible();
    expect(shown.getAllByText('read:roles')).toHaveLength(1);
    expect(shown.getByText(/its addresses are not known here/)).toBeVisible();
  });

  it('examines again when it is asked to', async () => {
    const answers = [unwell, sampleExamination()];
    const { person, requests } = open(() => answers.shift());
    const shown = await card();
    await shown.findByText('2 errors, 1 warning, 1 note');
    await person.click(shown.getByRole('button', { name: 'Examine again' }));
    expect(await shown.findByText('All is well')).toBeVisible();
    expect(requests.filter((request) => request === 'GET /v1/tenant/doctor')).toHaveLength(2);
  });

  it('says so while it takes its time, and leaves the rest of the page alone', async () => {
    const answer = Promise.withResolvers<unknown>();
    open(() => answer.promise);
    expect(await screen.findByRole('status', { name: 'Examining the tenant' })).toBeVisible();
    expect(screen.getByText('The relay’s client is right')).toBeVisible();
    answer.resolve(sampleExamination());
    expect(await screen.findByText('All is well')).toBeVisible();
    expect(screen.queryByRole('status', { name: 'Examining the tenant' })).toBeNull();
  });

  it('says how to configure it where it is not', async () => {
    open(problem(404, 'doctor_not_configured'));
    expect(await screen.findByText('DOCTOR_CLIENT_ID')).toBeVisible();
    const shown = await card();
    expect(shown.getByText('"doctor": true')).toBeVisible();
    expect(shown.queryByRole('button')).toBeNull();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('says what went wrong, and tries again', async () => {
    const answers = [problem(502, 'management_credentials_refused'), sampleExamination()];
    const { person } = open(() => answers.shift());
    const alert = within(await screen.findByRole('alert'));
    expect(alert.getByText('What management_credentials_refused means.')).toBeVisible();
    await person.click(alert.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('All is well')).toBeVisible();
  });
});
