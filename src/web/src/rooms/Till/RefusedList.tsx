import { Button } from '@mantine/core';
import { useTexts } from '@house/i18n/useTexts.tsx';
import handheld from '@rooms/Handheld/Handheld.module.css';
import en from './texts.en.ts';
import type { Till } from './useTill.ts';

/** What was done here and the server would not take: it is sent again once its cause is mended, or somebody says that it is dealt with. */
export function RefusedList({ till }: { till: Till }) {
  const t = useTexts(en);
  if (till.refused.length === 0) return null;
  return (
    <section className={handheld.clashes} role="alert">
      <h2>{t('refused', { n: till.refused.length })}</h2>
      <ul className={handheld.cards}>
        {till.refused.map(({ command, detail }) => (
          <li key={command.body.id} className={handheld.clash}>
            <span><strong>{t(`did.${command.kind}`)}</strong> {detail}</span>
            <span className={handheld.row}>
              <Button className={handheld.big!} variant="default" onClick={() => void till.settled(command.body.id)}>{t('refused.settled')}</Button>
              <Button className={handheld.big!} onClick={() => void till.again(command)}>{t('refused.again')}</Button>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
