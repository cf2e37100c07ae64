import { Link } from '@tanstack/react-router';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { PageHead } from '@house/parts/PageHead.tsx';
import { Section } from '@house/parts/Section.tsx';
import { groupsOf } from '@house/parts/SectionList.tsx';
import { useMay } from '@house/session.tsx';
import { sections } from './sections.ts';
import css from './Settings.module.css';
import en from './texts.en.ts';

/** The parts of the settings by groups, each with one sentence. */
export default function SettingsPage() {
  const t = useTexts(en);
  const may = useMay();
  const open = sections.filter((s) => may(s.permission));
  return (
    <>
      <PageHead title={t('title')} />
      {open.length === 0 ? (
        <EmptyState kind="noRight" title={t('nothingOpen')} text={t('nothingOpenText')} />
      ) : (
        <div className={css.groups}>
          {groupsOf(open).map(([group, inside]) => (
            <Section key={group} title={t(`group.${group}`)}>
              <ul className={css.index}>
                {inside.map((s) => (
                  <li key={s.id}>
                    <Link to={s.path} className={css.entry}>
                      <strong>{t(s.id)}</strong>
                      <span className="sy-muted">{t(`${s.id}.about`)}</span>
                    </Link>
                  </li>
                ))}
              </ul>
            </Section>
          ))}
        </div>
      )}
    </>
  );
}
