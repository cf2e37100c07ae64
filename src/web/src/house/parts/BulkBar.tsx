import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTexts } from '../i18n/useTexts.tsx';
import css from './BulkBar.module.css';
import en from './texts.en.ts';
import type { List } from './useList.ts';
import type { Selection } from './useSelection.ts';

/** In the place of the query bar and of its height, so that nothing jumps: how many are chosen, and what can be done to them. */
export function BulkBar<T>({ selection, list, canAll = true, children }: { selection: Selection; list: List<T>; canAll?: boolean; children: ReactNode }) {
  const t = useTexts(en);
  const total = list.page?.count;
  const isMore = total ? total.count > selection.count : list.page?.hasMore;
  return (
    <div className={css.bar} role="toolbar" aria-label={t('bulk.label')}>
      <span className="sy-strong" role="status">
        {selection.isAll ? t('bulk.all', { n: total?.count ?? 0 }) : t('bulk.chosen', { n: selection.count })}
      </span>
      {canAll && !selection.isAll && isMore && (
        <Button size="compact-sm" variant="subtle" onClick={selection.selectAll}>
          {total ? t(total.isExact ? 'bulk.selectAll' : 'bulk.selectAllMore', { n: total.count }) : t('bulk.selectMatching')}
        </Button>
      )}
      <div className={css.actions}>{children}</div>
      <Button size="compact-sm" variant="subtle" onClick={selection.clear}>
        {t('bulk.clear')}
      </Button>
    </div>
  );
}
