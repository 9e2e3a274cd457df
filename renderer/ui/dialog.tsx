import type { ReactNode } from 'react';
import { visible } from '../../shared/base/visible.ts';
import { Dialog as Radix } from 'radix-ui';

/**
 * A modal dialog. There is no Radix overlay in it: that one locks the page's scrolling with an injected style element,
 * which the content security policy forbids; the shade is ours and the page does not scroll anyway.
 */
export function Dialog({ title, help, onClose, children, wide = false }: { readonly title: string; readonly help?: string; readonly onClose: () => void; readonly children: ReactNode; readonly wide?: boolean }): ReactNode {
  return (
    <Radix.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Radix.Portal>
        <div className="shade" />
        {/* Radix gives the focus back by a timer, which may take it from whoever has gone on by then: Dialogs gives it back at once. */}
        <Radix.Content className={`dialog ${wide ? 'wide' : ''}`} onCloseAutoFocus={(e) => e.preventDefault()} {...(help === undefined ? { 'aria-describedby': undefined } : {})}>
          <Radix.Title className="dialog-title">{title}</Radix.Title>
          {help === undefined ? null : <Radix.Description className="dialog-help">{visible(help)}</Radix.Description>}
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** The row of buttons at the foot of a dialog. */
export function DialogFoot({ children }: { readonly children: ReactNode }): ReactNode {
  return <div className="dialog-foot">{children}</div>;
}
