import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, ask, type Schema } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { ImportFile } from '@house/parts/ListEmpty.tsx';
import { notify } from '@house/parts/notices.ts';
import { When } from '@house/parts/When.tsx';
import { useActorName } from '@house/useActorName.ts';
import { Frame, Row, Rows } from './Frame.tsx';
import en from './texts.en.ts';

type Mapping = Schema['MappingView'];

/** Which column of a file is what, kept under a name when a file was imported. */
export default function MappingsPage() {
  const t = useTexts(en);
  const queries = useQueryClient();
  const nameOf = useActorName();
  const mappings = useQuery({ queryKey: ['import-mappings'], queryFn: ({ signal }) => ask(api.GET('/api/v1/import-mappings', { signal })) });
  const fresh = () => queries.invalidateQueries({ queryKey: ['import-mappings'] });
  const at = (m: Mapping) => ({ params: { path: { kind: m.kind, name: m.name } } });
  const remove = useMutation({
    mutationFn: (m: Mapping) => ask(api.DELETE('/api/v1/import-mappings/{kind}/{name}', at(m))),
    onSuccess: async (_, m) => {
      await fresh();
      notify(t('mappings.deleted', { name: m.name }), async () => {
        await ask(api.PUT('/api/v1/import-mappings/{kind}/{name}', { ...at(m), body: { mapping: m.mapping } }));
        await fresh();
      });
    },
  });
  const list = mappings.data?.data;
  return (
    <Frame section="mappings" error={mappings.error ?? remove.error}>
      {list?.length === 0 ? (
        <EmptyState kind="first" title={t('mappings.none')} text={t('mappings.noneText')} action={<ImportFile />} />
      ) : (
        <Rows label={t('mappings')}>
          {list?.map((m) => (
            <Row
              key={`${m.kind}/${m.name}`}
              name={m.name}
              beside={<span className="sy-muted">{t.maybe(`mappings.kind.${m.kind}`)}</span>}
              end={
                <Button size="compact-sm" variant="default" loading={remove.isPending && remove.variables === m} onClick={() => remove.mutate(m)}>
                  {t('delete')}
                </Button>
              }
            >
              {t.node('mappings.changed', { who: nameOf(m.who), when: <When at={m.updatedAt} /> })}
            </Row>
          ))}
        </Rows>
      )}
    </Frame>
  );
}
