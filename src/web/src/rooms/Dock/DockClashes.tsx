import { Button } from '@mantine/core';
import { IconWarning } from '@house/icons.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import css from '@rooms/Handheld/Handheld.module.css';
import en from './texts.en.ts';
import type { Dock } from './useDock.ts';

/** What was done here and was refused: each with why and with what to do with the goods, until the person says that it is dealt with. */
export function DockClashes({ dock }: { dock: Dock }) {
  const t = useTexts(en);
  if (dock.clashes.length === 0) return null;
  return (
    <section className={css.clashes} aria-label={t('clashes')}>
      <h2>
        <IconWarning size={20} aria-hidden /> {t('clashes')}
      </h2>
      <ul className={css.cards}>
        {dock.clashes.map((c) => {
          const words = t.maybe(`clash.${c.code}`);
          return (
            <li key={c.id} className={css.clash}>
              <strong dir="auto">{c.about.name}</strong>
              <span className="sy-muted">{t(c.kind === 'receive' ? 'clashOfReceipt' : 'clashOfMove', { n: c.about.units, where: c.about.where })}</span>
              <span>{words === c.code.split('.').at(-1) ? c.detail : words}</span>
              <Button className={css.big!} variant="default" onClick={() => void dock.settle(c.id)}>
                {t('settled')}
              </Button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
