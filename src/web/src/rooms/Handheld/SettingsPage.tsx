import { Switch } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { IconArrowLeft } from '@house/icons.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { useDevice } from '@house/scan/device.ts';
import { ScannerSettings } from '@house/scan/ScannerSettings.tsx';
import css from './Handheld.module.css';
import en from './texts.en.ts';

/** The scanner, the hand and the gloves of this device. */
export default function SettingsPage() {
  const t = useTexts(en);
  const [device, set] = useDevice();
  useEffect(() => {
    document.title = `${t('settings')} · Switchyard`;
  }, [t]);
  return (
    <div className={css.device} data-gloves={device.gloves || undefined}>
      <header className={css.bar}>
        <Link to="/handheld" className={css.back} aria-label={t('home')}>
          <IconArrowLeft size={24} aria-hidden />
        </Link>
        <h1 className={css.title}>{t('settings')}</h1>
      </header>
      <div className={css.scroll}>
        <p className="sy-muted">{t('settingsAbout')}</p>
        <ScannerSettings />
        <Switch label={t('leftHand')} checked={device.leftHand} onChange={(e) => set({ leftHand: e.currentTarget.checked })} />
        <Switch label={t('gloves')} checked={device.gloves} onChange={(e) => set({ gloves: e.currentTarget.checked })} />
      </div>
    </div>
  );
}
