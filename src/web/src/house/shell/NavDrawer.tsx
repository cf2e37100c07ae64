import { Drawer } from '@mantine/core';
import { useTexts } from '../i18n/useTexts.tsx';
import { Nav } from './Nav.tsx';
import en from './texts.en.ts';

/** The navigation of a phone. */
export default function NavDrawer({ onClose }: { onClose: () => void }) {
  const t = useTexts(en);
  return (
    <Drawer opened onClose={onClose} size="var(--sy-side)" title="Switchyard" closeButtonProps={{ 'aria-label': t('keys.close') }}>
      <Nav onGo={onClose} />
    </Drawer>
  );
}
