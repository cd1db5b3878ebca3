import type { PlanWarning, ResourceChange } from './plan.ts';

/** Warns of what a change takes away: items that somebody added, and options that the files do not name. */
export function warnOfLosses({ kind, name, changes }: ResourceChange): readonly PlanWarning[] {
  return changes.flatMap((change): readonly PlanWarning[] => {
    const { field } = change;
    const warn = (message: string): PlanWarning => ({ kind, name, field, message });
    if (change.how === 'lost')
      return [
        warn('would be lost, since what it is part of is replaced whole: name it in the file to keep it'),
      ];
    if (change.how === 'set' && field === 'metadata.managed_by')
      return [
        warn(
          'is not set: the connection is the tenant’s own, and is not touched without --take-over-connections',
        ),
      ];
    if (change.how === 'items' && change.removed.length > 0) {
      const count = change.removed.length;
      return [
        warn(
          `would lose ${count === 1 ? 'an item' : `${count} items`} that the files do not name: name ${count === 1 ? 'it' : 'them'} there to keep ${count === 1 ? 'it' : 'them'}`,
        ),
      ];
    }
    return [];
  });
}
