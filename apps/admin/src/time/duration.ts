import dayjs from 'dayjs';
import durationPlugin from 'dayjs/plugin/duration';
import relativeTime from 'dayjs/plugin/relativeTime';

dayjs.extend(durationPlugin);
dayjs.extend(relativeTime);

/** A length of time in people's words. @param seconds not negative */
export function describeSeconds(seconds: number): string {
  return dayjs.duration(seconds, 'seconds').humanize();
}
