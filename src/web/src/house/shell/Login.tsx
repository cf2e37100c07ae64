import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../api/client.ts';
import { byField } from '../api/problem.ts';
import { useTexts } from '../i18n/useTexts.tsx';
import { ProblemAlert } from '../parts/ProblemAlert.tsx';
import type { Session } from '../session.tsx';
import css from './Login.module.css';
import mark from '../look/mark.svg';
import en from './texts.en.ts';

/** Who is it? Password managers fill it in, and pasting works. */
export default function Login({ entered }: { entered: (session: Session) => void }) {
  const t = useTexts(en);
  const [userName, setUserName] = useState('');
  const [password, setPassword] = useState('');
  const enter = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/session', { body: { userName, password } })),
    onSuccess: entered,
  });
  const faults = byField(enter.error);
  return (
    <main className={css.page}>
      <form
        className={css.form}
        onSubmit={(e) => {
          e.preventDefault();
          enter.mutate();
        }}
      >
        <div className={css.brand}>
          <img src={mark} alt="" width={32} height={32} />
          <span>Switchyard</span>
        </div>
        <h1 className={css.title}>{t('login.title')}</h1>
        <p className="sy-muted">{t('login.what')}</p>
        <ProblemAlert error={enter.error} />
        <TextInput
          label={t('login.name')}
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          required
          withAsterisk={false}
          value={userName}
          onChange={(e) => setUserName(e.currentTarget.value)}
          error={faults['userName']}
        />
        <PasswordInput
          label={t('login.password')}
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          onChange={(e) => setPassword(e.currentTarget.value)}
          error={faults['password']}
        />
        <Button type="submit" loading={enter.isPending} fullWidth>
          {t('login.enter')}
        </Button>
      </form>
    </main>
  );
}
