import { Button, CopyButton as Copy } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';

/** What is copied, and what the button says. */
export interface CopyButtonProps {
  readonly value: string;
  /** What is copied, such as `user id`. */
  readonly label: string;
}

/** Copies a text, and says that it did: to the eye, and to screen readers. */
export function CopyButton({ value, label }: CopyButtonProps) {
  return (
    <Copy value={value} timeout={2000}>
      {({ copied, copy }) => (
        <Button
          size="compact-sm"
          variant="default"
          {...(copied && { color: 'teal' })}
          leftSection={copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
          onClick={copy}
        >
          <span aria-live="polite">{copied ? 'Copied' : `Copy ${label}`}</span>
        </Button>
      )}
    </Copy>
  );
}
