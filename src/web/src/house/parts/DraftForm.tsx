import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ApiError, pathOf } from '../api/problem.ts';
import { useTexts } from '../i18n/useTexts.tsx';
import type { DraftFormState } from '../useDraftForm.ts';
import { DraftClash, type ClashWords } from './DraftClash.tsx';
import css from './DraftForm.module.css';
import { PageHead } from './PageHead.tsx';
import { ProblemAlert } from './ProblemAlert.tsx';
import en from './texts.en.ts';

interface Props<T extends object> {
  form: DraftFormState<T>;
  title: string;
  beside?: ReactNode;
  /** At the end of the heading: what else can be done with it. */
  actions?: ReactNode;
  /** What the button says. */
  confirm: string;
  /** Where Back leads. */
  away: string;
  /** What is told when it was not saved. */
  notSaved: string;
  /** Faults that stand beside their fields: `lines.0.sku`. */
  shownAt?: RegExp;
  clash: ClashWords & {
    /** What a clash is told by, where that is not the draft itself: rows by what names them. */
    split?: (draft: T) => Record<string, unknown>;
    join?: (parts: Record<string, unknown>) => T;
  };
  children: ReactNode;
}

/** A page that is a form: what waits from before, its fields, and a foot that says what is not saved yet. */
export function DraftForm<T extends object>({ form, title, beside, actions, confirm, away, notSaved, shownAt, clash, children }: Props<T>) {
  const t = useTexts(en);
  const { kept, saving, theirs } = form;
  const { split = (d) => d as Record<string, unknown>, join = (parts) => parts as T, ...words } = clash;
  const error = theirs ? null : saving.error;
  const shown = error instanceof ApiError && shownAt ? error.fields.map((f) => f.pointer).filter((p) => shownAt.test(pathOf(p))) : [];
  return (
    <form
      className={css.form}
      noValidate
      onSubmit={(e) => {
        e.preventDefault();
        form.submit();
      }}
    >
      <PageHead title={title} beside={beside} actions={actions} />
      {kept.wasKept && kept.isChanged && (
        <div className={css.notice} role="status">
          <span>{t('form.kept')}</span>
          <Button size="compact-sm" variant="default" onClick={form.letGo}>
            {t('form.letGo')}
          </Button>
        </div>
      )}
      {children}
      <div className={css.foot}>
        <Button type="submit" loading={saving.isPending} disabled={!kept.isChanged}>
          {confirm}
        </Button>
        <Button variant="default" component={Link} to={away}>
          {t('bulk.back')}
        </Button>
        <span className="sy-meta">{t(kept.isChanged ? 'form.unsaved' : 'form.nothing')}</span>
      </div>
      <div className={css.problem}>
        <ProblemAlert error={error} what={notSaved} shown={shown} />
        {form.seenHere > 0 && (
          <p role="alert" className="sy-meta">
            {t('form.lookAgain', { n: form.seenHere })}
          </p>
        )}
      </div>
      {theirs && (
        <DraftClash
          {...words}
          start={split(kept.start)}
          draft={split(kept.draft)}
          theirs={split(theirs.draft)}
          isPending={saving.isPending}
          onReapply={(next) => form.reapply(join(next))}
          onDiscard={form.discard}
        />
      )}
    </form>
  );
}
