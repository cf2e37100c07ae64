import { useEffect, useRef } from 'react';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Status } from '@house/parts/Status.tsx';
import { When } from '@house/parts/When.tsx';
import { useActorName } from '@house/useActorName.ts';
import { useSaid } from '@house/words/useSaid.ts';
import { keyOf, toneOf, type Item } from './attention.ts';
import css from './Exceptions.module.css';
import en from './texts.en.ts';

interface Props {
  items: readonly Item[];
  current: number;
  labelOf: (kind: string) => string;
  hasMore: boolean;
  onShow: (item: Item) => void;
}

/** The queue itself, the oldest first. */
export function QueueList({ items, current, labelOf, hasMore, onShow }: Props) {
  const t = useTexts(en);
  const actorName = useActorName();
  const said = useSaid();
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  return (
    <div className={css.side}>
      <ul className={css.list} aria-label={t('queue')} ref={list}>
        {items.map((item, i) => (
          <li key={keyOf(item)}>
            <button type="button" className={css.row} aria-current={i === current ? 'true' : undefined} onClick={() => onShow(item)}>
              <span className={css.line}>
                <Status tone={toneOf(item)}>{labelOf(item.kind)}</Status>
                {item.orderNumber && <bdi className="sy-strong">#{item.orderNumber}</bdi>}
                {item.node && <bdi className="sy-code">{item.node}</bdi>}
                <span className={css.since} data-overdue={item.isOverdue || undefined}>
                  <When at={item.since} />
                </span>
              </span>
              <span className={css.detail} dir="auto">
                {said(item.says, item.detail)}
              </span>
              {item.owner && <span className="sy-meta">{t('owner', { who: actorName(item.owner) })}</span>}
            </button>
          </li>
        ))}
      </ul>
      {hasMore && <p className={css.more}>{t('more', { n: items.length })}</p>}
    </div>
  );
}
