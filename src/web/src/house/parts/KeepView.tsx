import { ActionIcon, Button, Checkbox, Menu, Modal, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../api/client.ts';
import { byField } from '../api/problem.ts';
import { IconArrowLeft, IconArrowRight, IconDots, IconPencil, IconTrash } from '../icons.ts';
import { useTexts } from '../i18n/useTexts.tsx';
import { useUrlState } from '../useUrlState.ts';
import { notify } from './notices.ts';
import { ProblemAlert } from './ProblemAlert.tsx';
import css from './ViewTabs.module.css';
import type { Tab, View } from './views.ts';
import en from './texts.en.ts';

interface Shown {
  query: string;
  sort: string | null;
  columns: string[];
}

interface Props {
  list: string;
  now: Shown;
  shown: Tab | null;
  isChanged: boolean;
  /** Null where the tab stands at that end. */
  toLeft: (() => void) | null;
  toRight: (() => void) | null;
}

/** Keeps what is shown as a view, and does to the view that is open what can be done to it. */
export function KeepView({ list, now, shown, isChanged, toLeft, toRight }: Props) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const [, setUrl] = useUrlState();
  const [isNaming, setNaming] = useState<'new' | 'old' | null>(null);
  const view = shown?.view ?? null;
  const mine = view?.isMine ? view : null;
  const again = () => queries.invalidateQueries({ queryKey: ['views', list] });
  const update = useMutation({
    mutationFn: (of: View) => ask(api.PUT('/api/v1/views/{id}', { params: { path: { id: String(of.id) } }, body: { ...bodyOf(of), ...now } })),
    onSuccess: (after) => {
      void again();
      setUrl({ view: String(after.id), columns: after.columns.join(',') || undefined });
      notify(t('views.updated', { name: after.name }));
    },
  });
  const remove = useMutation({
    mutationFn: (of: View) => ask(api.DELETE('/api/v1/views/{id}', { params: { path: { id: String(of.id) } } })),
    onSuccess: (_, of) => {
      void again();
      setUrl({ view: undefined, columns: undefined });
      notify(t('views.removed', { name: of.name }), () => ask(api.POST('/api/v1/views', { body: bodyOf(of) })).then(again));
    },
  });
  return (
    <div className={css.acts}>
      {isChanged && mine && (
        <Button size="compact-sm" variant="subtle" loading={update.isPending} onClick={() => update.mutate(mine)}>
          {t('views.replace')}
        </Button>
      )}
      {isChanged && (
        <Button size="compact-sm" variant="subtle" onClick={() => setNaming('new')}>
          {t('views.save')}
        </Button>
      )}
      {shown && (
        <Menu>
          <Menu.Target>
            <ActionIcon aria-label={t('views.more', { name: shown.name })}>
              <IconDots size={16} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {mine && (
              <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={() => setNaming('old')}>
                {t('views.rename')}
              </Menu.Item>
            )}
            {toLeft && (
              <Menu.Item leftSection={<IconArrowLeft size={16} className={css.turn} aria-hidden />} onClick={toLeft}>
                {t('views.left')}
              </Menu.Item>
            )}
            {toRight && (
              <Menu.Item leftSection={<IconArrowRight size={16} className={css.turn} aria-hidden />} onClick={toRight}>
                {t('views.right')}
              </Menu.Item>
            )}
            {mine && (
              <Menu.Item leftSection={<IconTrash size={16} aria-hidden />} onClick={() => remove.mutate(mine)}>
                {t('views.remove')}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      )}
      <ProblemAlert error={update.error ?? remove.error} />
      {isNaming && (
        <NameView
          list={list}
          now={now}
          view={isNaming === 'old' ? mine : null}
          onClose={() => setNaming(null)}
          onDone={(after) => {
            setNaming(null);
            void again();
            if (isNaming === 'new') setUrl({ view: String(after.id), columns: after.columns.join(',') || undefined });
          }}
        />
      )}
    </div>
  );
}

const bodyOf = (of: View) => ({ list: of.list, name: of.name, query: of.query, sort: of.sort, columns: of.columns, isShared: of.isShared, isDefault: of.isDefault });

/** The name of a view, whom it is for, and whether the list begins with it. */
function NameView({ list, now, view, onClose, onDone }: { list: string; now: Shown; view: View | null; onClose: () => void; onDone: (view: View) => void }) {
  const t = useTexts(en);
  const [name, setName] = useState(view?.name ?? '');
  const [isShared, setShared] = useState(view?.isShared ?? false);
  const [isDefault, setDefault] = useState(view?.isDefault ?? false);
  const save = useMutation({
    mutationFn: () => {
      const body = { ...(view ? bodyOf(view) : { list, ...now }), name, isShared, isDefault };
      return ask(view ? api.PUT('/api/v1/views/{id}', { params: { path: { id: String(view.id) } }, body }) : api.POST('/api/v1/views', { body }));
    },
    onSuccess: onDone,
  });
  return (
    <Modal opened onClose={onClose} title={view ? t('views.rename') : t('views.save')} closeButtonProps={{ 'aria-label': t('close') }}>
      <form
        className="sy-stack"
        onSubmit={(e) => {
          e.preventDefault();
          save.mutate();
        }}
      >
        <TextInput
          label={t('views.name')}
          value={name}
          onChange={(e) => setName(e.currentTarget.value)}
          required
          withAsterisk={false}
          maxLength={80}
          error={byField(save.error)['name']}
          data-autofocus
        />
        <Checkbox label={t('views.shared')} checked={isShared} onChange={(e) => setShared(e.currentTarget.checked)} />
        <Checkbox label={t('views.default')} checked={isDefault} onChange={(e) => setDefault(e.currentTarget.checked)} />
        {!view && now.columns.length > 0 && <p className="sy-meta">{t('views.withColumns', { n: now.columns.length })}</p>}
        <ProblemAlert error={save.error} shown={['/name']} />
        <div className={css.buttons}>
          <Button variant="default" onClick={onClose}>
            {t('consequences.back')}
          </Button>
          <Button type="submit" loading={save.isPending} disabled={name.trim() === ''}>
            {view ? t('views.keep') : t('views.save')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
