import { queryOptions } from '@tanstack/react-query';
import { api, ask, type Schema } from '@house/api/client.ts';
import type { Tone } from '@house/parts/Status.tsx';

export type Message = Schema['ReadMessagesMessageView'];
export type MailPage = Schema['MailPage'];
export type MessageSettings = Schema['MessageSettingsResponse'];

export const tones: Record<Message['state'], Tone> = { waiting: 'progress', sent: 'good', kept: 'neutral', skipped: 'neutral', failed: 'bad' };
export const states = ['waiting', 'sent', 'kept', 'skipped', 'failed'] as const;
export const languages = ['en-GB', 'en-US', 'de', 'fr', 'es'] as const;

export const settingsOptions = queryOptions({ queryKey: ['message-settings'], queryFn: ({ signal }) => ask(api.GET('/api/v1/message-settings', { signal })) });
export const accountsOptions = queryOptions({ queryKey: ['message-accounts'], queryFn: ({ signal }) => ask(api.GET('/api/v1/message-accounts', { signal })) });
export const templatesOptions = queryOptions({ queryKey: ['message-templates'], queryFn: ({ signal }) => ask(api.GET('/api/v1/message-templates', { signal })) });
export const orderMessagesOptions = (id: string) =>
  queryOptions({ queryKey: ['order-messages', id], queryFn: ({ signal }) => ask(api.GET('/api/v1/orders/{id}/messages', { params: { path: { id } }, signal })), refetchInterval: (q) => (q.state.data?.data.some((m) => m.state === 'waiting') ? 2_000 : false) });
export const orderLinkOptions = (id: string) =>
  queryOptions({ queryKey: ['order-link', id], queryFn: ({ signal }) => ask(api.GET('/api/v1/orders/{id}/tracking-link', { params: { path: { id } }, signal })) });

/** The words of a kind that a shop may say in its own way, those the customer reads first. */
export const ownWords = (kind: string, keys: readonly string[]): string[] => keys.filter((k) => k.startsWith(`${kind}-`));
