import { ActionIcon, Menu, useMantineColorScheme } from '@mantine/core';
import { IconCheck, IconKeyboard, IconLogout, IconMoon, IconSun, IconSystem } from '../icons.ts';
import { languages, type Language } from '../i18n/texts.ts';
import { useSpeech, useTexts } from '../i18n/useTexts.tsx';
import { usePreference } from '../preferences.ts';
import { useSession } from '../session.tsx';
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
  const [density, setDensity] = usePreference('density', 'usual');
  const [singleKeys, setSingleKeys] = usePreference('singleKeys', true);
  const { language, choose } = useSpeech();
  const name = session.user?.displayName ?? t('apiKey');
  const initials = name.split(/\s+/).slice(0, 2).map((word) => [...word][0]?.toUpperCase()).join('');
  const tick = (isOn: boolean) => (isOn ? <IconCheck size={14} aria-hidden /> : null);
  const choice = (isOn: boolean) => ({ role: 'menuitemradio', 'aria-checked': isOn, rightSection: tick(isOn), closeMenuOnClick: false });
  const schemes = [['light', IconSun], ['dark', IconMoon], ['auto', IconSystem]] as const;
  return (
    <Menu width={240}>
      <Menu.Target>
        <ActionIcon size="var(--sy-control)" aria-label={t('person', { name })} title={name}>
          <span className={css.initials} aria-hidden>
            {initials}
          </span>
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown mah="80vh" style={{ overflowY: 'auto' }}>
        <Menu.Label>{name}</Menu.Label>
        <Menu.Divider />
        <Menu.Label>{t('scheme')}</Menu.Label>
        {schemes.map(([scheme, Icon]) => (
          <Menu.Item key={scheme} leftSection={<Icon size={16} aria-hidden />} onClick={() => setColorScheme(scheme)} {...choice(colorScheme === scheme)}>
            {t(`scheme.${scheme}`)}
          </Menu.Item>
        ))}
        <Menu.Label>{t('density')}</Menu.Label>
        {(['compact', 'usual', 'roomy'] as const).map((d) => (
          <Menu.Item key={d} onClick={() => setDensity(d)} {...choice(density === d)}>
            {t(`density.${d}`)}
          </Menu.Item>
        ))}
        <Menu.Label>{t('language')}</Menu.Label>
        {languages.map((l) => (
          <Menu.Item key={l} lang={l} onClick={() => choose(l)} {...choice(language === l)}>
            {names[l]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item role="menuitemcheckbox" aria-checked={singleKeys} rightSection={tick(singleKeys)} closeMenuOnClick={false} onClick={() => setSingleKeys(!singleKeys)}>
          {t('singleKeys')}
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size={16} aria-hidden />} onClick={onKeys}>
          {t('shortcuts')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => void signOut()}>
          {t('signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
