import { ActionIcon, Button, FileButton, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, type Schema } from '@house/api/client.ts';
import { IconArrowLeft, IconArrowRight, IconTrash, IconUpload } from '@house/icons.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Section } from '@house/parts/Section.tsx';
import { productOptions, type Product } from './product.ts';
import css from './ProductPage.module.css';
import en from './texts.en.ts';

type Picture = Schema['ImageView'];

/** Pictures of a product, the first of which stands for it: added, put in order, described, taken away. */
export function Pictures({ product, mayChange }: { product: Product; mayChange: boolean }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const fresh = () => queries.invalidateQueries({ queryKey: productOptions(product.sku).queryKey });
  const send = (file: Blob, alt: string) =>
    ask(
      api.POST('/api/v1/products/{sku}/images', {
        params: { path: { sku: product.sku }, query: { alt } },
        headers: { 'Content-Type': 'application/octet-stream' },
        body: file as unknown as string,
        bodySerializer: (body) => body as unknown as string,
      }),
    );
  const add = useMutation({
    mutationFn: async (files: File[]) => {
      for (const file of files) await send(file, '');
    },
    onSettled: fresh,
  });
  const change = useMutation({
    mutationFn: ({ id, ...body }: { id: string; alt?: string; position?: number }) => ask(api.PUT('/api/v1/images/{id}', { params: { path: { id } }, body })),
    onSettled: fresh,
  });
  const remove = useMutation({
    mutationFn: async ({ picture, position }: { picture: Picture; position: number }) => {
      const file = await (await fetch(picture.url)).blob();
      await ask(api.DELETE('/api/v1/images/{id}', { params: { path: { id: picture.id } } }));
      return async () => {
        const again = await send(file, picture.alt);
        await ask(api.PUT('/api/v1/images/{id}', { params: { path: { id: again.id } }, body: { position } }));
        await fresh();
      };
    },
    onSuccess: (undo) => notify(t('pictures.removed'), undo),
    onSettled: fresh,
  });
  return (
    <Section
      title={t('pictures')}
      actions={
        mayChange && (
          <FileButton multiple accept="image/png,image/jpeg,image/gif,image/webp" onChange={(files) => files.length > 0 && add.mutate(files)} inputProps={{ 'aria-label': t('pictures.add') }}>
            {(props) => (
              <Button {...props} size="compact-sm" variant="default" leftSection={<IconUpload size={14} aria-hidden />} loading={add.isPending}>
                {t('pictures.add')}
              </Button>
            )}
          </FileButton>
        )
      }
    >
      <ProblemAlert error={add.error ?? change.error ?? remove.error} what={t('pictures.failed')} />
      {product.images.length === 0 && <p className="sy-muted">{t('pictures.none')}</p>}
      <ul className={css.pictures}>
        {product.images.map((picture, i) => (
          <li key={picture.id} className={css.shot}>
            <img src={picture.url} alt={picture.alt || t('pictures.no', { n: i + 1 })} width={picture.width} height={picture.height} loading="lazy" />
            {mayChange && (
              <>
                <Words picture={picture} label={t('pictures.alt', { n: i + 1 })} onSave={(alt) => change.mutate({ id: picture.id, alt })} />
                <div className="sy-row">
                  <ActionIcon aria-label={t('pictures.earlier', { n: i + 1 })} disabled={i === 0} onClick={() => change.mutate({ id: picture.id, position: i })}>
                    <IconArrowLeft size={16} aria-hidden />
                  </ActionIcon>
                  <ActionIcon aria-label={t('pictures.later', { n: i + 1 })} disabled={i === product.images.length - 1} onClick={() => change.mutate({ id: picture.id, position: i + 2 })}>
                    <IconArrowRight size={16} aria-hidden />
                  </ActionIcon>
                  <ActionIcon aria-label={t('pictures.remove', { n: i + 1 })} onClick={() => remove.mutate({ picture, position: i + 1 })}>
                    <IconTrash size={16} aria-hidden />
                  </ActionIcon>
                </div>
              </>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** What a picture shows, kept when the field is left. */
function Words({ picture, label, onSave }: { picture: Picture; label: string; onSave: (alt: string) => void }) {
  const [alt, setAlt] = useState(picture.alt);
  const save = () => alt.trim() !== picture.alt && onSave(alt.trim());
  return (
    <TextInput
      aria-label={label}
      placeholder={label}
      value={alt}
      maxLength={300}
      onChange={(e) => setAlt(e.currentTarget.value)}
      onBlur={save}
      onKeyDown={(e) => e.key === 'Enter' && save()}
      dir="auto"
    />
  );
}
