import type { ReactNode } from 'react';
import { Tabs as Radix } from 'radix-ui';

export interface Tab {
  readonly id: string;
  readonly title: string;
  readonly content: ReactNode;
}

export function Tabs({ tabs, label, value, onChange }: { readonly tabs: readonly Tab[]; readonly label: string; readonly value: string; readonly onChange: (id: string) => void }): ReactNode {
  return (
    <Radix.Root className="tabs" value={value} onValueChange={onChange}>
      <Radix.List className="tab-list" aria-label={label}>
        {tabs.map((tab) => <Radix.Trigger key={tab.id} className="tab" value={tab.id}>{tab.title}</Radix.Trigger>)}
      </Radix.List>
      {tabs.map((tab) => <Radix.Content key={tab.id} className="tab-content" value={tab.id}>{tab.content}</Radix.Content>)}
    </Radix.Root>
  );
}
