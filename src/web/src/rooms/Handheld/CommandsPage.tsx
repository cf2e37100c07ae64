import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { IconArrowLeft, IconPrinter } from '@house/icons.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Barcode } from '@house/parts/Barcode.tsx';
import { commandCodes, type ScanCommand } from '@house/scan/read.ts';
import css from './Handheld.module.css';
import en from './texts.en.ts';

/** The sheet of command barcodes, for a cart or a belt: what a thumb does, done by a scan. */
export default function CommandsPage() {
  const t = useTexts(en);
  useEffect(() => {
    document.title = `${t('commands')} · Switchyard`;
  }, [t]);
  return (
    <div className={css.device}>
      <header className={css.bar}>
        <Link to="/handheld" className={css.back} aria-label={t('home')}>
          <IconArrowLeft size={24} aria-hidden />
        </Link>
        <h1 className={css.title}>{t('commands')}</h1>
      </header>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- nothing in it takes the focus, and who has no pointer scrolls it */}
      <div className={css.scroll} tabIndex={0} role="region" aria-label={t('commands')}>
        <p>{t('commandsAbout')}</p>
        <ul className={css.commands}>
          {(Object.entries(commandCodes) as [ScanCommand, string][]).map(([name, code]) => (
            <li key={code}>
              <strong>{t(`command.${name}`)}</strong>
              <span>{t(`command.${name}.about`)}</span>
              <Barcode text={code} className={css.bars} />
              <span className="sy-code">{code}</span>
            </li>
          ))}
        </ul>
      </div>
      <div className={css.acts}>
        <Button className={css.big!} fullWidth leftSection={<IconPrinter size={24} aria-hidden />} onClick={() => print()}>
          {t('print')}
        </Button>
      </div>
    </div>
  );
}
