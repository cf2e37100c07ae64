import { ActionIcon, Menu, useMantineColorScheme, VisuallyHidden } from '@mantine/core';
import { IconKey, IconKeyboard, IconLogout, IconMoon, IconSun, IconSystem } from '../icons.ts';
import { useState } from 'react';
import { languages, type Language } from '../i18n/texts.ts';
import { useSpeech, useTexts } from '../i18n/useTexts.tsx';
import { usePreference } from '../preferences.ts';
import { useSession } from '../session.tsx';
import { ChangePassword } from './ChangePassword.tsx';
import css from './Header.module.css';
import en from './texts.en.ts';

// Each in its own words, so that whoever reads only one of them finds it.
const names: Record<Language, string> = {
  'en-GB': 'English (UK)', 'en-US': 'English (US)', de: 'Deutsch', fr: 'Français', es: 'Español', pseudo: '[Þšéûdö]',
};

export function PersonMenu({ onKeys }: { onKeys: () => void }) {
  const t = useTexts(en);
  const { session, signOut } = useSession();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [, setAppearance] = usePreference<string | null>('appearance', null);
  const [density, setDensity] = usePreference('density', 'usual');
  const [singleKeys, setSingleKeys] = usePreference('singleKeys', true);
  const { language, choose } = useSpeech();
  const [isChanging, setChanging] = useState(false);
  const name = session.user?.displayName ?? t('apiKey');
  const initials = name.split(/\s+/).slice(0, 2).map((word) => [...word][0]?.toUpperCase()).join('');
  const schemes = [['light', IconSun], ['dark', IconMoon], ['auto', IconSystem]] as const;
  return (
    <>
    {isChanging && <ChangePassword onClose={() => setChanging(false)} />}
    <Menu width={240}>
      <Menu.Target>
        <ActionIcon size="var(--sy-control)" title={name}>
          <VisuallyHidden>{t('person', { name })}</VisuallyHidden>
          <span className={css.initials} aria-hidden>
            {initials}
          </span>
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown mah="80vh" style={{ overflowY: 'auto' }}>
        <Menu.Label>{name}</Menu.Label>
        <Menu.Divider />
        <Menu.Label>{t('scheme')}</Menu.Label>
        <Menu.RadioGroup value={colorScheme} onChange={(v) => {
            setColorScheme(v as typeof colorScheme);
            setAppearance(v);
          }}>
          {schemes.map(([scheme, Icon]) => (
            <Menu.RadioItem key={scheme} value={scheme} rightSection={<Icon size={16} aria-hidden />}>
              {t(`scheme.${scheme}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Label>{t('density')}</Menu.Label>
        <Menu.RadioGroup value={density} onChange={setDensity}>
          {(['compact', 'usual', 'roomy'] as const).map((d) => (
            <Menu.RadioItem key={d} value={d}>
              {t(`density.${d}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Label>{t('language')}</Menu.Label>
        <Menu.RadioGroup value={language} onChange={(l) => choose(l as Language)}>
          {languages.map((l) => (
            <Menu.RadioItem key={l} value={l} lang={l}>
              {names[l]}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.CheckboxItem checked={singleKeys} onChange={setSingleKeys}>
          {t('singleKeys')}
        </Menu.CheckboxItem>
        <Menu.Item leftSection={<IconKeyboard size={16} aria-hidden />} onClick={onKeys}>
          {t('shortcuts')}
        </Menu.Item>
        <Menu.Divider />
        {session.user && (
          <Menu.Item leftSection={<IconKey size={16} aria-hidden />} onClick={() => setChanging(true)}>
            {t('password.title')}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => void signOut()}>
          {t('signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
    </>
  );
}
