import { Text, Tooltip } from '@mantine/core';
import dayjs from 'dayjs';
import relativeTime from 'dayjs/plugin/relativeTime';
import utc from 'dayjs/plugin/utc';
import { usePassingTime } from './passing-time.ts';

dayjs.extend(relativeTime);
dayjs.extend(utc);

/** A moment, in people's words; the exact one, local and UTC, on hover and on focus. */
export function Moment({ iso }: { readonly iso: string }) {
  usePassingTime();
  const moment = dayjs(iso);
  const exact = `${moment.format('YYYY-MM-DD HH:mm:ss Z')} · ${moment.utc().format('YYYY-MM-DD HH:mm:ss')} UTC`;
  return (
    <Tooltip label={exact} events={{ hover: true, focus: true, touch: true }}>
      <Text
        component="time"
        inherit
        dateTime={iso}
        tabIndex={0}
        td="underline dotted"
        style={{ textUnderlineOffset: 3 }}
      >
        {moment.fromNow()}
      </Text>
    </Tooltip>
  );
}
