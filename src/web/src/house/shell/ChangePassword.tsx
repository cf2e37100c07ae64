import { Button, Modal, PasswordInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../api/client.ts';
import { byField } from '../api/problem.ts';
import { useTexts } from '../i18n/useTexts.tsx';
import { ProblemAlert } from '../parts/ProblemAlert.tsx';
import { useSession } from '../session.tsx';
import css from '../parts/Consequences.module.css';
import en from './texts.en.ts';

/** A person sets a password of their own. Every session of theirs ends with it, so they sign in anew. */
export function ChangePassword({ onClose }: { onClose: () => void }) {
  const t = useTexts(en);
  const { session, signOut } = useSession();
  const [present, setPresent] = useState('');
  const [wanted, setWanted] = useState('');
  const change = useMutation({
    mutationFn: () => ask(api.PUT('/api/v1/session/password', { body: { present, wanted } })),
    onSuccess: () => void signOut(),
  });
  const faults = byField(change.error);
  return (
    <Modal opened onClose={onClose} title={t('password.title')} size="var(--sy-dialog)" closeButtonProps={{ 'aria-label': t('password.back') }}>
      <form
        className="sy-stack"
        onSubmit={(e) => {
          e.preventDefault();
          change.mutate();
        }}
      >
        <p className="sy-muted">{t('password.text')}</p>
        <ProblemAlert error={change.error} />
        <input type="text" name="username" autoComplete="username" value={session.user?.userName ?? ''} readOnly hidden />
        <PasswordInput label={t('password.present')} autoComplete="current-password" required withAsterisk={false} value={present} onChange={(e) => setPresent(e.currentTarget.value)} error={faults['present']} />
        <PasswordInput label={t('password.wanted')} autoComplete="new-password" required withAsterisk={false} value={wanted} onChange={(e) => setWanted(e.currentTarget.value)} error={faults['wanted']} />
        <div className={css.buttons}>
          <Button variant="default" onClick={onClose}>
            {t('password.back')}
          </Button>
          <Button type="submit" loading={change.isPending}>
            {t('password.set')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
