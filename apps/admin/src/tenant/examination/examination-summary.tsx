import { Alert } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import type { Examination } from './examination-query.ts';

/** How the tenant is, in one line. Notes alone leave it well. */
export function ExaminationSummary({ examination: { counts } }: { readonly examination: Examination }) {
  const { errors, warnings, notes, passed, not_made: notMade } = counts;
  const found = [
    ...(errors > 0 ? [countOf(errors, 'error')] : []),
    ...(warnings > 0 ? [countOf(warnings, 'warning')] : []),
    ...(notes > 0 ? [countOf(notes, 'note')] : []),
  ];
  const checks = [
    `${countOf(passed, 'check')} found nothing`,
    ...(notMade > 0 ? [`${notMade} could not be made`] : []),
  ].join(', ');
  if (errors + warnings === 0) {
    return (
      <Alert color="green" icon={<IconCircleCheck aria-hidden />} title="All is well" role="status">
        {notes > 0 && `${countOf(notes, 'note')} on what could be better. `}
        {checks}.
      </Alert>
    );
  }
  return (
    <Alert
      color={errors > 0 ? 'red' : 'orange'}
      icon={errors > 0 ? <IconCircleX aria-hidden /> : <IconAlertTriangle aria-hidden />}
      title={found.join(', ')}
      role="status"
    >
      {checks}.
    </Alert>
  );
}

const countOf = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
