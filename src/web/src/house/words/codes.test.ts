import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Texts } from '../i18n/texts.ts';

// A code that the server sends is shown in the person's words: each that the document names has one, in every language.

const src = join(dirname(fileURLToPath(import.meta.url)), '../..');
interface Property { enum?: (string | null)[]; items?: { enum?: (string | null)[] } }
const { components } = JSON.parse(readFileSync(join(src, '../../../docs/api/openapi.json'), 'utf8')) as { components: { schemas: Record<string, { properties?: Record<string, Property> }> } };

const codes = Object.entries(components.schemas).flatMap(([schema, { properties = {} }]) =>
  Object.entries(properties).flatMap(([name, p]) => {
    const words = (p.enum ?? p.items?.enum ?? []).filter((c): c is string => c !== null);
    return words.length > 1 ? [{ of: `${schema}.${name}`, words }] : [];
  }),
);

/** Which words stand for which codes: [texts, beginning of the key], or why nobody is shown them. */
const shown: Record<string, readonly [texts: string, begin: string, except?: readonly string[]] | string> = {
  'ReadMessagesMessageView.state': ['rooms/Messages', 'state'],
  'ReadMessagesMessageView.reason': ['rooms/Messages', 'reason'],
  'WriteMessageAccountTestRequest.language': 'asked by programs',
  'WriteMessageAccountTestResponse.outcome': ['rooms/Messages', 'test'],
  'WriteMessageTemplatePreviewRequest.language': ['rooms/Messages', 'language'],
  'DroppedFileView.state': ['rooms/Settings', 'folders.state'],
  'WriteFileDropRequest.as': ['rooms/Settings', 'folders.as'],
  'EdiMessageView.state': ['rooms/Edi', 'message'],
  'EdiPartnerView.x12Version': 'the number of a version',
  'EdiPartnerView.usage': ['rooms/Edi', 'usage'],
  'EdiPartnerView.orderType': ['rooms/Edi', 'orderType'],
  'InterchangeView.direction': 'said by from and to',
  'InterchangeView.usage': 'a partner has one of the two, and says which',
  'InterchangeView.state': ['rooms/Edi', 'state'],
  'WriteEdiPartnerRequest.x12Version': 'the number of a version',
  'WriteEdiPartnerRequest.usage': ['rooms/Edi', 'usage'],
  'WriteEdiPartnerRequest.orderType': ['rooms/Edi', 'orderType'],
  'OrderView.status': ['house/words', 'status'],
  'OrderView.state': ['house/words', 'status'],
  'CustomerOrder.state': ['house/words', 'status'],
  'OrderView.paymentStatus': ['house/words', 'payment'],
  'PlaceOrderPayment.status': ['house/words', 'payment'],
  'HoldOrderRequest.kind': ['house/words', 'hold'],
  'WriteHoldRuleRequest.kind': ['house/words', 'hold'],
  'JobView.state': ['house/parts', 'job'],
  'BulkOrdersRequest.action': ['house/parts', 'job.kind.orders.bulk'],
  'FulfilmentView.state': ['rooms/Orders', 'work'],
  'PackageView.state': ['rooms/Orders', 'parcel'],
  'PaymentView.type': ['rooms/Orders', 'payment.type'],
  // What succeeded is said by its kind alone.
  'PaymentView.state': ['rooms/Orders', 'payment.state', ['succeeded']],
  'CustomerView.kind': ['rooms/Customers', 'kind'],
  'NodeView.kind': ['rooms/Nodes', 'kind'],
  'NodeBody.kind': ['rooms/Nodes', 'kind'],
  'StockAtNode.kind': ['rooms/Inventory', 'nodeKind'],
  'TryHoldRulesVerdict.outcome': ['rooms/Settings', 'rules.outcome'],
  'RiskSignal.signal': ['rooms/Settings', 'signal'],
  'WriteHoldRuleRequest.scope': ['rooms/Settings', 'rules.scope'],
  'ReadDeliveriesDeliveryView.state': ['rooms/Settings', 'hooks.delivery'],
  'WebhookView.state': ['rooms/Settings', 'hooks.state', ['deleted']],
  'PlaceOrderRequest.type': ['rooms/Settings', 'numbers.type'],
  'RoutingFinding.severity': ['rooms/Routing', 'severity'],
  'RoutingScenario.objective': ['rooms/Routing', 'objective'],
  'RoutingScenario.otherwise': ['rooms/Routing', 'otherwise'],
  'WriteStrategyVersionView.state': ['rooms/Routing', 'state'],
  'CarrierCalendarBody.transitIn': ['rooms/Routing', 'transit'],
  'WriteCarrierCalendarResponse.transitIn': ['rooms/Routing', 'transit'],
  'ShareBody.overflow': ['rooms/Inventory', 'shares.overflow'],
  'ShareView.overflow': ['rooms/Inventory', 'shares.overflow'],
  'TryRankerResponse.outcome': ['rooms/Routing', 'rankers.outcome'],
  'RankerCall.outcome': ['rooms/Routing', 'rankers.outcome'],
  'MakeDocumentRequest.format': 'no screen yet',
  'MakeDocumentRequest.kind': ['rooms/Packing', 'kind'],
  'MakeDocumentRequest.language': 'no screen yet',
  'MakeDocumentRequest.order': 'no screen yet',
  'PrintJobView.state': ['rooms/Packing', 'job'],
  'WritePrinterPrinterBody.format': ['rooms/Packing', 'format'],
  'WritePrinterPrinterBody.kind': ['rooms/Packing', 'paperKind'],
  'WritePrinterPrinterBody.link': ['rooms/Packing', 'printers.link'],
  'WriteTemplatePreviewRequest.format': 'a picture or a PDF is asked for by its button',
  'WriteTemplatePreviewRequest.language': ['rooms/Packing', 'language'],
  'TestPrinterRequest.language': ['rooms/Packing', 'language'],
  'PackingDocument.kind': ['rooms/Packing', 'paper'],
  'PrintParcelPaper.kind': ['rooms/Packing', 'paper'],
  'PackingLineView.tracks': 'said as what is to be read: a serial number or a lot',
  'FindTableWaiting.state': 'said as ready, held, to be stopped or packed',
  'LabelRequestsView.state': 'no screen yet',
  'MoveBinsRequest.purpose': ['rooms/Warehouse', 'purpose'],
  'PutawayRule.kinds': 'no screen yet',
  'ScanAtDockResponse.kind': 'each kind leads to a screen of its own',
  'ReceivableGoods.tracks': 'asked for by fields',
  'SuggestPutawayPlace.why': ['rooms/Warehouse', 'putaway.why'],
  'LotView.state': ['rooms/Inventory', 'lot.state'],
  'ReadLotTrace.kind': ['rooms/Inventory', 'lot.trace'],
  'RefillNeed.reason': ['rooms/Warehouse', 'refill.reason'],
  'TakeRefillRefill.reason': 'the handheld says only that it is urgent',
  // An open task says for whom it is.
  'RefillSource.state': ['rooms/Warehouse', 'refill', ['open']],
  'GiveRefillResponse.state': 'the list is read again',
  'DoRefillResponse.state': 'said by how many units were brought',
  'SetTrackingItem.tracks': 'no screen yet',
  'SetTrackingItem.removal': 'no screen yet',
  'TrackingView.tracks': 'no screen yet',
  'TrackingView.removal': 'no screen yet',
  'SuggestPlacesLinePlaces.strategy': 'no screen yet',
  'BinView.kind': ['rooms/Warehouse', 'kind'],
  'ClaimView.state': ['rooms/Shipping', 'claim'],
  'LabelView.policy': ['rooms/Shipping', 'policy'],
  'LabelView.state': ['rooms/Shipping', 'label'],
  'LabelView.tracked': ['rooms/Shipping', 'scan'],
  'ManifestView.state': ['rooms/Shipping', 'manifest'],
  'ReadLabelsScanView.kind': ['rooms/Shipping', 'scan'],
  'ReadLabelsTrackingView.kind': ['rooms/Shipping', 'scan'],
  'ServiceQuote.reason': ['rooms/Shipping', 'reason'],
  'SettleClaimRequest.state': ['rooms/Shipping', 'claim'],
  'ParcelView.state': ['rooms/Shipping', 'parcel'],
  'ParcelLabel.state': ['rooms/Shipping', 'label'],
  'ParcelLabel.tracked': ['rooms/Shipping', 'scan'],
  'ShippingSettingsResponse.policy': ['rooms/Shipping', 'policy'],
  'TryAccountResponse.fault': ['rooms/Shipping', 'fault'],
  'ListActivitiesEntry.activity': ['rooms/Billing', 'activity'],
  'ReadBillResponse.unpriced': ['rooms/Billing', 'activity'],
  'ReadBillResponse.state': ['rooms/Billing', 'state'],
  'ListBillsRow.state': ['rooms/Billing', 'state'],
  'WriteTariffItem.activity': ['rooms/Billing', 'activity'],
  'SendPicksAnswer.outcome': 'no screen yet',
  'TakeTourTour.method': 'a picker does what each screen says, whatever it is called',
  'BinView.side': 'it is drawn',
  'WaveView.method': ['rooms/Warehouse', 'method'],
  'WaveView.state': ['rooms/Warehouse', 'wave.state'],
  'ReadLayoutSpot.kind': ['rooms/Warehouse', 'kind'],
  'ReadLayoutSpot.side': 'it is drawn',
  'WriteBinsItem.kind': ['rooms/Warehouse', 'kind'],
  'WriteBinsItem.side': ['rooms/Warehouse', 'rows', ['none']],
  'Saying.code': ['house/words', 'say'],
  'LineView.kind': 'lines are told apart by where they stand',
  'Holder.kind': 'each kind of holder has a sentence of its own',
  'HoldView.state': 'only open holds are shown, and what became of others stands in the timeline',
  'CancelRequestsView.state': 'only open ones are asked about',
  'CancelRequestsAnswerRequest.answer': 'two buttons',
  'ListExceptionsView.state': 'the queue has the open ones',
  'ListJobsRowView.state': 'the list has the failed ones',
  'EditOrderRequest.onShort': 'asked by programs',
  'PlaceOrderRequest.onShort': 'asked by programs',
  'ParkedEventsResponse.state': 'shown with its error',
  'ReleaseHoldView.scope': 'not shown',
  'RejectReleaseRequest.reason': 'asked by the handheld',
  'DeliveryOption.kind': 'no screen yet',
  'NotOffered.kind': 'no screen yet',
  'NotOffered.code': 'said by its detail',
  'CountView.state': 'a list for each',
  'CountView.stage': 'each has a sentence of its own',
  'CountView.plan': ['rooms/Warehouse', 'plan'],
  'ReadRoutingQueueQueuedOrder.state': ['house/words', 'status'],
  'ReadRoutingQueueQueuedOrder.release': 'said in a sentence',
  'RunReplanRun.cause': ['rooms/Planning', 'cause'],
  'ReplanSettings.mode': 'a switch',
  'WriteReplanSettingsRequest.mode': 'a switch',
  'WriteReplanSettingsResponse.mode': 'a switch',
  'RoutingStoryDecisionView.inputs': ['rooms/Planning', 'inputs', ['kept']],
  'RoutingStoryScenario.outcome': ['rooms/Planning', 'outcome'],
  'RoutingStoryCandidate.reason': ['rooms/Planning', 'reason'],
  'RoutingStoryFlip.change': 'each has a sentence of its own',
  'ReadBacktestView.state': ['house/parts', 'job'],
  'ListParkedQueueCount.queue': ['rooms/Planning', 'parked'],
  'ReadSaleStopView.state': 'said in sentences',
  'ReadSaleStopView.releases': 'a tick',
  'StopSaleRequest.releases': 'a tick',
  'PurchaseOrderView.state': ['rooms/Purchasing', 'po.state'],
  'PurchaseOrderView.kind': 'said in a sentence',
  'PartnerWorkView.state': ['rooms/Partners', 'state'],
  'PartnerPaper.kind': ['rooms/Partners', 'paper'],
  'PartnerParcelView.state': 'a parcel is shown by its number',
  'AnswerAsPartnerRejectRequest.reason': ['rooms/Partners', 'reason'],
  'AnswerAsPartnerShortRequest.reason': ['rooms/Partners', 'reason'],
  'TakeSnapshotTaken.outcome': ['rooms/Partners', 'outcome'],
  'ReadPartnerWorkSummaryNode.kind': ['rooms/Partners', 'kind'],
  'ListPartnersPartnerView.kind': ['rooms/Partners', 'kind'],
  'AnswerSupplierOrderRejectRequest.reason': ['rooms/Purchasing', 'po.reason'],
  'ReadClosingView.state': 'no screen yet',
  'SettlePaymentRequest.state': 'asked by programs',
  'TakePaymentRequest.type': 'asked by programs',
  'TakePaymentRequest.tender': 'asked by programs',
  'GiveTourResponse.state': ['rooms/Warehouse', 'tour.state'],
  'ReadBinContent.state': ['rooms/Warehouse', 'lot', ['open']],
  'ReadBinBinMove.purpose': ['rooms/Warehouse', 'purpose'],
  'WaveRulesLastRun.outcome': 'each has a sentence of its own',
  'SuggestReordersView.state': 'the list has the open ones',
  'ContactOrderRequest.kind': ['house/words', 'contact'],
  'ContactOrderRequest.medium': ['house/words', 'medium'],
  'ContactOrderTold.kind': ['house/words', 'contact'],
  'ContactOrderTold.medium': ['house/words', 'medium'],
  'ContactView.kind': ['house/words', 'contact'],
  'ContactView.medium': ['house/words', 'medium'],
  'PickupView.state': 'one that is called off says so, the other can be called off',
};

const load = async (file: string) => ((await import(/* @vite-ignore */ pathToFileURL(join(src, file)).href)) as { default: unknown }).default;

describe('codes of the server', () => {
  test('are found', () => expect(codes.length).toBeGreaterThan(30));

  test.each(codes)('$of has words, or a reason to have none', async ({ of, words }) => {
    const where = shown[of];
    // A new code list of the API: say here where its words are.
    expect(where, `${of} is not listed in codes.test.ts`).toBeDefined();
    if (where === undefined || typeof where === 'string') return;
    const [folder, begin, except = []] = where;
    const keys = words.filter((w) => !except.includes(w)).map((w) => `${begin}.${w}`);
    const english = ((await load(`${folder}/texts.en.ts`)) as Texts).words;
    expect(keys.filter((key) => !(key in english)), 'English').toEqual([]);
    for (const language of ['de', 'fr', 'es']) {
      const told = (await load(`${folder}/texts.${language}.ts`)) as Record<string, string>;
      expect(keys.filter((key) => !told[key]), language).toEqual([]);
    }
  });
});
