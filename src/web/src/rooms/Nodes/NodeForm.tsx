import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api, ask, ifMatch } from '@house/api/client.ts';
import { same } from '@house/draft.ts';
import { useSpeech, useTexts } from '@house/i18n/useTexts.tsx';
import { Code } from '@house/parts/Code.tsx';
import { DraftForm } from '@house/parts/DraftForm.tsx';
import { notify } from '@house/parts/notices.ts';
import { useMay, useSession } from '@house/session.tsx';
import { useDraftForm } from '@house/useDraftForm.ts';
import { bodyOf, draftOf, emptyNode, faultsOf, nodePart, tidied, workOf, workPart, type NodeDraft, type WorkSettings } from './draft.ts';
import { Capacity, Costs, CutOffs, Holidays, Hours, Place, Serves, What } from './NodeFields.tsx';
import css from './NodeForm.module.css';
import { nodeOptions, pageOf, workOptions, type Node } from './nodes.ts';
import en from './texts.en.ts';

interface Props {
  /** By which unsaved changes are found again. */
  name: string;
  stored: { node: Node; work: WorkSettings } | null;
  empty?: NodeDraft;
}

/** A node to be made or changed, with how it takes its work. The two have versions of their own; what was saved of them stays saved. */
export function NodeForm({ name, stored, empty = emptyNode('UTC') }: Props) {
  const t = useTexts(en);
  const may = useMay();
  const { session } = useSession();
  const { locale } = useSpeech();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const currency = session.baseCurrency ?? 'GBP';
  const asDraft = ({ node, work }: NonNullable<Props['stored']>) => ({ draft: draftOf(node, work, currency, locale), version: node.version });
  const read = async ({ code }: NodeDraft) => {
    const [node, work] = await Promise.all([queries.fetchQuery({ ...nodeOptions(code), staleTime: 0 }), queries.fetchQuery({ ...workOptions(code), staleTime: 0 })]);
    return asDraft({ node, work });
  };
  const form = useDraftForm<NodeDraft, void>({
    name,
    stored: stored ? asDraft(stored) : { draft: empty, version: null },
    tidied,
    faultsOf: (draft) => Object.fromEntries(Object.entries(faultsOf(draft, currency, locale)).map(([field, key]) => [field, t(key)])),
    save: async ({ draft, start, version }, begin) => {
      const at = { params: { path: { code: draft.code.trim() } } };
      const body = bodyOf(draft, currency, locale);
      let node: Node | null = null;
      if (version === null) node = await ask(api.POST('/api/v1/nodes', { body }));
      else if (!same(nodePart(start), nodePart(draft))) node = await ask(api.PUT('/api/v1/nodes/{code}', { ...at, body, headers: ifMatch(version) }));
      if (same(workPart(start), workPart(draft))) return;
      try {
        await ask(api.PUT('/api/v1/nodes/{code}/work-settings', { ...at, body: workOf(draft), headers: ifMatch(start.workVersion) }));
      } catch (error) {
        if (node) begin({ ...draft, ...workPart(start) }, node.version, draft);
        throw error;
      }
    },
    onSaved: async (_, { draft, version }, begin) => {
      const code = draft.code.trim();
      const fresh = await read({ ...draft, code });
      begin(fresh.draft, fresh.version);
      void queries.invalidateQueries({ queryKey: ['nodes'] });
      notify(t(version === null ? 'made' : 'saved', { code }));
      void navigate({ to: pageOf(code) });
    },
    read,
  });
  const { draft, isNew } = form;
  const at = { draft, set: form.change, faults: form.faults, isNew, currency };
  return (
    <DraftForm
      form={form}
      title={isNew ? t('new') : t('change', { name: form.kept.start.name })}
      beside={!isNew && <Code>{draft.code}</Code>}
      confirm={t(isNew ? 'make' : 'save')}
      away={isNew ? '/nodes' : pageOf(draft.code)}
      notSaved={t('notSaved')}
      clash={{ ...clashOf(draft.code), nameOf: (field) => t.maybe(`field.${field}`), hidden: ['workVersion'] }}
    >
      <div className={css.columns}>
        <div className={css.column}>
          <What {...at} />
          <Hours {...at} />
          <Holidays {...at} />
        </div>
        <div className={css.column}>
          <CutOffs {...at} />
          {may('settings:write') && <Capacity {...at} />}
          <Place {...at} />
          <Serves {...at} />
          {may('prices:read') && <Costs {...at} />}
        </div>
      </div>
    </DraftForm>
  );
}

/** Where a clash over a node finds who it was. */
export const clashOf = (code: string) => ({
  of: ['nodes', code],
  history: (signal: AbortSignal) => ask(api.GET('/api/v1/nodes/{code}/history', { params: { path: { code }, query: { limit: 10 } }, signal })),
});
