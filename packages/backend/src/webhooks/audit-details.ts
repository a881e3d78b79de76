/** What the audit trail says of a webhook: without path and query, for whoever knows them may send there. */
export const webhookAuditDetails = ({ id, url }: { readonly id: string; readonly url: string }) => ({
  webhookId: id,
  origin: new URL(url).origin,
});
