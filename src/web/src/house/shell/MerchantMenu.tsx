import { Menu } from '@mantine/core';
import type { ReactElement } from 'react';
import type { Session } from '../session.tsx';

/** The shops a person works for. */
export default function MerchantMenu({ merchants, onChoose, children }: { merchants: Session['merchants']; onChoose: (code: string) => void; children: ReactElement }) {
  return (
    <Menu position="bottom-start">
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown>
        {merchants.map((m) => (
          <Menu.Item key={m.code} onClick={() => onChoose(m.code)}>
            {m.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
