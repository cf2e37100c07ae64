import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconArrowRight, IconPrinter, IconStock, IconTruck } from '@house/icons.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import handheld from '@rooms/Handheld/Handheld.module.css';
import css from './Dock.module.css';
import { DockClashes } from './DockClashes.tsx';
import type { Dock } from './useDock.ts';
import { workOptions } from './useNode.ts';
import en from './texts.en.ts';

/** The work at the dock, beside picking: what each of it is and how much waits. Without network it says no figures and leads there all the same. */
export function DockJobs({ dock, node, isOn }: { dock: Dock; node: string | null; isOn: boolean }) {
  const t = useTexts(en);
  const { list } = useFormat();
  const { data } = useQuery({ ...workOptions(node), enabled: isOn && node !== null });
  if (node === null) return null;
  const arrivals = data && [...(data.openDeliveries > 0 ? [t('waits.open', { n: data.openDeliveries })] : []), ...(data.notices.length > 0 ? [t('waits.announced', { n: `${data.notices.length}${data.hasMoreNotices ? '+' : ''}` })] : [])];
  const waits = (words: string[] | undefined) => (words === undefined ? '' : words.length === 0 ? t('waits.nothing') : list(words));
  const jobs = [
    { to: '/handheld/receive', icon: IconTruck, name: t('receive'), waits: waits(arrivals) },
    { to: '/handheld/putaway', icon: IconStock, name: t('putAway'), waits: waits(data && (data.putaway > 0 ? [t('waits.put', { n: data.putaway })] : [])) },
    ...(data && data.labels > 0 ? [{ to: '/handheld/labels', icon: IconPrinter, name: t('labels'), waits: t('waits.labels', { n: data.labels }) }] : []),
  ] as const;
  return (
    <>
      <DockClashes dock={dock} />
      <nav className={css.group} aria-label={t('work')}>
        {jobs.map((j) => (
          <Link key={j.to} to={j.to} className={css.job}>
            <j.icon size={28} aria-hidden />
            <span className={handheld.cardWords}>
              <strong>{j.name}</strong>
              <span className="sy-muted">{j.waits}</span>
            </span>
            <IconArrowRight size={24} aria-hidden />
          </Link>
        ))}
      </nav>
    </>
  );
}
