import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Section } from '@house/parts/Section.tsx';
import { useMay } from '@house/session.tsx';
import { ChannelDialog } from './ChannelDialog.tsx';
import { channelsOptions } from './channels.ts';
import { handlingOf } from './handling.ts';
import en from './texts.en.ts';

/** How the orders of a channel are served here, wherever they come from. */
export function Handling({ code }: { code: string }) {
  const t = useTexts(en);
  const may = useMay();
  const channels = useQuery(channelsOptions);
  const [isOpen, setOpen] = useState(false);
  const channel = channels.data?.find((c) => c.code === code);
  const seesAll = channel !== undefined && typeof (channel.splitPenaltyMinor as number | undefined) === 'number';
  return (
    <Section
      title={t('handling')}
      actions={
        seesAll &&
        may('settings:write') && (
          <Button size="compact-sm" variant="default" aria-label={t('channels.changeOf', { name: channel.name })} onClick={() => setOpen(true)}>
            {t('change')}
          </Button>
        )
      }
    >
      <ProblemAlert error={channels.error} again={() => void channels.refetch()} />
      {channel && <p>{handlingOf(channel, t)}</p>}
      {isOpen && channel && <ChannelDialog channel={channel} taken={[]} onClose={() => setOpen(false)} />}
    </Section>
  );
}
