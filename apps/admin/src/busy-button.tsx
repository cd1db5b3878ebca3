import { Button, Loader, type ButtonProps } from '@mantine/core';
import type { ReactNode } from 'react';

/** A button for what takes a while. */
export interface BusyButtonProps extends ButtonProps {
  /** It is at it: a further click does nothing. */
  readonly isBusy: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

/** Stays where the keyboard is while it is at it. The library's own loading button is disabled meanwhile, and loses its place. */
export function BusyButton({ isBusy, onClick, leftSection, children, ...others }: BusyButtonProps) {
  return (
    <Button
      {...others}
      aria-disabled={isBusy}
      aria-busy={isBusy}
      leftSection={isBusy ? <Loader size={14} color="currentColor" aria-hidden /> : leftSection}
      onClick={() => {
        if (!isBusy) onClick();
      }}
    >
      {children}
    </Button>
  );
}
