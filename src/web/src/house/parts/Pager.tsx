import { Button } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '../icons.ts';
import { useTexts } from '../i18n/useTexts.tsx';
import css from './Pager.module.css';
import en from './texts.en.ts';
import type { List } from './useList.ts';

/** Under a list: how many, and the pages before and after. */
export function Pager<T>({ list }: { list: List<T> }) {
  const t = useTexts(en);
  const n = list.rows?.length ?? 0;
  const count = list.page?.count;
  return (
    <div className={css.pager}>
      <span className="sy-muted">
        {count ? t(count.isExact ? 'list.of' : 'list.ofMore', { n, count: count.count }) : t('list.shown', { n })}
        {list.page?.behind ? ` · ${t('list.behind', { n: list.page.behind })}` : ''}
      </span>
      {(list.older ?? list.newer) && (
        <div className={css.buttons}>
          <Button size="compact-sm" variant="default" disabled={!list.newer} onClick={list.newer ?? undefined} leftSection={<IconChevronLeft size={14} className={css.turn} aria-hidden />}>
            {t('list.newer')}
          </Button>
          <Button size="compact-sm" variant="default" disabled={!list.older} onClick={list.older ?? undefined} rightSection={<IconChevronRight size={14} className={css.turn} aria-hidden />}>
            {t('list.older')}
          </Button>
        </div>
      )}
    </div>
  );
}
