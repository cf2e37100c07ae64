import { Modal } from '@mantine/core';
import { pages } from '../../rooms.ts';
import { keysOf } from '../pages.ts';
import { useTexts } from '../i18n/useTexts.tsx';
import { useMay } from '../session.tsx';
import css from './KeySheet.module.css';
import en from './texts.en.ts';

/** Every shortcut there is. */
export default function KeySheet({ onClose }: { onClose: () => void }) {
  const t = useTexts(en);
  const may = useMay();
  const parts: [string, [string, string][]][] = [
    [t('keys.everywhere'), [['Ctrl K', t('keys.palette')], ['/', t('keys.search')], ['?', t('keys.sheet')], ['W', t('keys.why')], ['Z', t('keys.undo')], ['Esc', t('keys.close')]]],
    [t('keys.lists'), [['J', t('keys.next')], ['K', t('keys.previous')], ['X', t('keys.select')], ['Space', t('keys.peek')], ['Enter', t('keys.open')]]],
    [t('keys.go'), pages.filter((p) => keysOf(p) && may(p.permission)).map((p) => [keysOf(p)!.toUpperCase(), t((p.nav ?? p.command)!.name)])],
  ];
  return (
    <Modal opened onClose={onClose} title={t('keys.title')} size="lg" closeButtonProps={{ 'aria-label': t('keys.close') }}>
      <div className={css.columns}>
        {parts.map(([name, keys]) => (
          <section key={name} className={css.part}>
            <h3>{name}</h3>
            <dl className={css.keys}>
              {keys.map(([key, what]) => (
                <div key={key} className={css.line}>
                  <dt>
                    {key.split(' ').map((k) => (
                      <kbd key={k} className={css.key}>
                        {k}
                      </kbd>
                    ))}
                  </dt>
                  <dd>{what}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className="sy-meta">{t('keys.offHint')}</p>
    </Modal>
  );
}
