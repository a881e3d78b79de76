/**
 * What a client has of docs/openapi.json when openapi-typescript generates its types, as anybody would. Written by
 * `npm run openapi`; a test fails when it is stale.
 */

export interface paths {
    "/account/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change the password; every other session ends
         * @description Personal access tokens stay: revoke those that should not.
         */
        post: operations["account-changePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Delete the account with everything in it, for good
         * @description From the answer on nobody gets in: sessions and tokens have stopped, and the e-mail address is free. Files and their contents are removed soon after; nothing of them can be restored.
         */
        post: operations["account-delete"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what happened to the account, the newest first
         * @description Log-ins and failures, tokens, the password, deletions: by whom and from where.
         */
        get: operations["audit-list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What happened to the files since a cursor, oldest first
         * @description When nothing has happened since, the answer waits until something does, or until `waitSeconds` are over. Changes are kept for a while (`CHANGES_DAYS`, 30 by default); a cursor from before that is answered with 410: list the files anew.
         */
        get: operations["events-list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List files, in the order of their paths
         * @description A page at a time, with `nextCursor` as the `cursor` of the next: files that come or go meanwhile move no other across a page. Paths are ordered by the bytes of their UTF-8.
         */
        get: operations["files-list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/files/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a file
         * @description The header `ETag` is its version: send it as `If-Match` with a change, and the change is made only if nobody else was faster.
         */
        get: operations["files-get"];
        put?: never;
        post?: never;
        /**
         * Put a file into the trash
         * @description Its path is free at once. It can be restored by `POST /trash/{id}/restore` while it is in the trash.
         */
        delete: operations["files-delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/file_by_path": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the file at a path
         * @description As `GET /files/{id}`, for who knows the path and not the id.
         */
        get: operations["files-byPath"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/files/{id}/content_url": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an address of the stored object, to read and decode it yourself
         * @description For programs that would rather read from the store than through this server. The bytes may be compressed, and lie in an object with others: see `encoding`, `offset` and `storedBytes`.
         */
        get: operations["files-contentUrl"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/files/{id}/move": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move or rename a file; its id, versions and bytes stay
         * @description When the path is taken, the answer is 409 and `suggestedPath` is one that was free.
         */
        post: operations["files-move"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/files/move": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move or rename many files; one that is refused keeps back no other
         * @description All of them at once: a file may take the path that another of them leaves, so two can change places.
         */
        post: operations["files-moveMany"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/files/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Verify and compress a failed file again
         * @description For one that failed because of a fault that is mended. Where the bytes themselves are wrong, upload the file again. A file that has not failed stays as it is.
         */
        post: operations["files-retry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/files/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put many files into the trash; one that is refused keeps back no other
         * @description Each file has a result of its own, in the order of the request.
         */
        post: operations["files-deleteMany"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/folders/move": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move or rename a folder with all its files, or none
         * @description When another file has the new path of one of them, the answer is 409 and names that path.
         */
        post: operations["folders-move"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/folders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Put all files of a folder into the trash
         * @description All of them carry the same `deletedAt`, with which `POST /trash/restore_folder` restores them.
         */
        delete: operations["folders-delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the sessions that are logged in, one for each device, the newest first
         * @description Those of other devices, too. A device that was not used for long has expired and is not listed.
         */
        get: operations["sessions-list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End a session; its access and refresh tokens stop at once
         * @description As a log-out on that device would.
         */
        delete: operations["sessions-revoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/revoke_others": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End all sessions but the one that asks
         * @description Personal access tokens stay.
         */
        post: operations["sessions-revokeOthers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shares": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List share links, the newest first
         * @description Also those that have expired or are used up. The links themselves are told once, when they are made.
         */
        get: operations["shares-list"];
        put?: never;
        /**
         * Make a share link to a file or a folder
         * @description Whoever has the link may look and download, without an account, until it expires, is used up or is revoked.
         */
        post: operations["shares-create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shares/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke a share link; it stops at once
         * @description Nobody begins another download, and those that are running are broken off within seconds.
         */
        delete: operations["shares-revoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List personal access tokens, the newest first
         * @description Names, scopes and when they were last used; never the secrets.
         */
        get: operations["tokens-list"];
        put?: never;
        /**
         * Make a personal access token
         * @description For scripts and other programs: send it in place of an access token. It needs no refresh, does only what its scopes say, and never account matters. The answer is the only place where it ever stands.
         */
        post: operations["tokens-create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke a personal access token; it stops at once
         * @description The next request that sends it is answered with 401.
         */
        delete: operations["tokens-revoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/trash": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List deleted files, the last deleted first
         * @description They can be restored until `purgedFrom`.
         */
        get: operations["trash-list"];
        put?: never;
        post?: never;
        /**
         * Remove for good all that is in the trash now
         * @description What is deleted while this runs stays in the trash.
         */
        delete: operations["trash-empty"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/trash/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a file out of the trash
         * @description When its path is taken, the answer is 409 and `suggestedPath` is one that was free.
         */
        post: operations["trash-restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/trash/restore_folder": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take all files of a deleted folder out of the trash, or none
         * @description When another file has one of their paths, the answer is 409 and names it.
         */
        post: operations["trash-restoreFolder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/trash/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove a file of the trash for good, with its versions
         * @description Share links to it end. What other files share of its content stays.
         */
        delete: operations["trash-purge"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/uploads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Open an upload session, or link content you already have
         * @description Send the bytes to `upload.url` by PUT: the whole body at once, or in chunks with `Content-Range`. Then complete the upload.
         */
        post: operations["uploads-create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/uploads/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an open upload session again, with an address that works
         * @description For a client that was interrupted: the bytes that were sent count, and a PUT with `Content-Range: bytes *\/total` says how many.
         */
        get: operations["uploads-get"];
        put?: never;
        post?: never;
        /**
         * Cancel an upload session; its bytes are dropped
         * @description Room that was reserved for it is free again. Cancelling twice is fine.
         */
        delete: operations["uploads-cancel"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/uploads/{id}/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Turn the bytes sent into the current version of the file
         * @description Asked twice, it answers the same. The header `ETag` is the version of the file. The sha256 is needed here when it was not given before.
         */
        post: operations["uploads-complete"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the account holds, and what compression saved
         * @description Sizes are those of the contents; `storedBytes` is what they take in the store.
         */
        get: operations["usage-get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make an account
         * @description The answer is already a log-in: send `accessToken` as `Authorization: Bearer …`.
         */
        post: operations["users-register"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Log in
         * @description Makes a session, for one device. The access token lives for minutes, the refresh token for months.
         */
        post: operations["users-login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Exchange a refresh token for new tokens
         * @description Each refresh token is good for one exchange. One that is used again after that ends its session: somebody else may have it. A retry within a few seconds gets the same answer.
         */
        post: operations["users-refresh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End this session
         * @description Its access and refresh tokens stop at once.
         */
        post: operations["users-logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who is logged in
         * @description For a log-in and for a personal access token alike.
         */
        get: operations["users-me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/files/{id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the versions of a file, newest first
         * @description Every upload to a path and every restored version is one. Old ones go after a while (`VERSIONS_KEPT`, `VERSIONS_KEPT_DAYS`).
         */
        get: operations["versions-list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/files/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make the content of an old version current again, as a new version
         * @description Nothing of the history is lost. When the file has that content already, it stays as it is.
         */
        post: operations["versions-restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List webhooks, the newest first
         * @description Also those that were disabled. Their secrets are told once, when they are made.
         */
        get: operations["webhooks-list"];
        put?: never;
        /**
         * Have events sent to an address
         * @description From now on, what `GET /events` tells is POSTed there as `{webhookId, events}`, up to 100 `ChangeEvent`s at once, signed as https://www.standardwebhooks.com says: verify `webhook-signature`, and take nothing whose `webhook-timestamp` is more than five minutes off. Answer with any 2xx within 10 seconds; anything else is tried again, longer and longer apart, for two and a half hours. Deliveries may come twice and out of order: `webhook-id` tells them apart, and the `id` of an event where it belongs. An address that has failed for three days is disabled. It must be a public one, and redirects are not followed.
         */
        post: operations["webhooks-create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{id}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put a webhook in use again that was disabled
         * @description It is told what it missed, as far as changes are kept (`CHANGES_DAYS`); what had been given up by then can be sent again. One that is in use stays so.
         */
        post: operations["webhooks-enable"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete a webhook
         * @description Nothing is sent to it any more, nor is what was sent listed.
         */
        delete: operations["webhooks-delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a webhook was, or is to be, sent, the newest first
         * @description What is over is listed for a week.
         */
        get: operations["webhooks-deliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{id}/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a delivery again, whatever came of it
         * @description It carries the same id and the same events, and is sent at once, also when it was to be tried again later. A webhook that is disabled has to be put in use again first.
         */
        post: operations["webhooks-resend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/upload_files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upload files in one request
         * @description Streamed; all or nothing: when one of the files is refused, none is kept. The `filename` of a part is the path of the file, below `path`; a file that is there already gets a new version.
         */
        post: operations["uploadFiles"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bundles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upload many small files in one request
         * @description The body is, one after the other: the length of the manifest in bytes (an unsigned 32-bit number, most significant byte first); the manifest, JSON as in `x-manifest`; the contents of its entries, in their order. 8388608 bytes of content at most. Each entry has a result of its own; when the body itself breaks off or is malformed, nothing is kept. Sent again it changes nothing.
         */
        post: operations["sendBundle"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/storage/uploads/{uploadId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Send bytes to an upload session, or ask how far it got
         * @description The address in `upload.url`; with a cloud store it is the store's own. Send the whole body, or a chunk with `Content-Range: bytes first-last/total`; `Content-Range: bytes *\/total` with an empty body asks. The protocol is that of [resumable uploads of Google Cloud Storage](https://cloud.google.com/storage/docs/performing-resumable-uploads).
         */
        put: operations["putUploadBytes"];
        post?: never;
        /**
         * Cancel an upload session by its address
         * @description As `DELETE /uploads/{id}`, for who has the address alone.
         */
        delete: operations["cancelUploadBytes"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/files/{id}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download a file
         * @description The content of its current version, as it was uploaded: what is compressed is decoded on the way.
         */
        get: operations["downloadFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /**
         * The headers of a download
         * @description The same answer without its body: what a download would be, before it is made.
         */
        head: operations["describeFileContent"];
        patch?: never;
        trace?: never;
    };
    "/files/{id}/versions/{number}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download a version of a file
         * @description As the download of a file; the content of a version never changes.
         */
        get: operations["downloadVersion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /**
         * The headers of such a download
         * @description The same answer without its body: what a download would be, before it is made.
         */
        head: operations["describeVersionContent"];
        patch?: never;
        trace?: never;
    };
    "/storage/objects/{owner}/{object}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a stored object
         * @description Where signed addresses of objects lead when they are on disk; with a cloud store they lead to the store. The bytes as they are stored: they may be compressed, and hold the content of more than one file.
         */
        get: operations["getStoredObject"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /**
         * The headers of a stored object
         * @description Where signed addresses of objects lead when they are on disk; with a cloud store they lead to the store. The bytes as they are stored: they may be compressed, and hold the content of more than one file.
         */
        head: operations["describeStoredObject"];
        patch?: never;
        trace?: never;
    };
    "/s/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The page of a share link
         * @description For a browser. It runs no script, and tells nothing of the owner.
         */
        get: operations["viewShare"];
        put?: never;
        /**
         * Give the password of a share link
         * @description What the form of a locked page sends.
         */
        post: operations["unlockShare"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/s/{token}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download a shared file
         * @description Where downloads are limited each request is one and `Range` means nothing; elsewhere a request that shows the file (`disposition=inline`) or goes on with it is not counted.
         */
        get: operations["downloadSharedFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /**
         * The headers of such a download
         * @description Where downloads are limited each request is one and `Range` means nothing; elsewhere a request that shows the file (`disposition=inline`) or goes on with it is not counted.
         */
        head: operations["describeSharedFile"];
        patch?: never;
        trace?: never;
    };
    "/s/{token}/files/{id}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download a file of a shared folder
         * @description Where downloads are limited each request is one and `Range` means nothing; elsewhere a request that shows the file (`disposition=inline`) or goes on with it is not counted.
         */
        get: operations["downloadFileOfSharedFolder"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /**
         * The headers of such a download
         * @description Where downloads are limited each request is one and `Range` means nothing; elsewhere a request that shows the file (`disposition=inline`) or goes on with it is not counted.
         */
        head: operations["describeFileOfSharedFolder"];
        patch?: never;
        trace?: never;
    };
    "/s/{token}/zip": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A shared folder as one zip
         * @description Streamed, stored as it is; one download. Files that can not be read are named in `NOT INCLUDED.txt`.
         */
        get: operations["downloadSharedFolder"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow what happens to the files, live
         * @description Server-sent events. Each message is an event as JSON, of the default type. The `id` of a change is where to go on: send the last one as `Last-Event-ID` (browsers do so by themselves), and nothing is missed. `{"kind":"progress"}` has no id and is not repeated. `{"kind":"cursor"}` comes first and then every few seconds, and moves the id past what is not of interest. A message of the type `end` holds the error for which the stream ends, such as `access_token_expired`: connect again with a fresh token.
         */
        get: operations["followEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything that is known of the account
         * @description Lines of JSON, each an object with its `type`: `account`, `session`, `token` and `share` (without their secrets), `version` (of a file, deleted ones too, with its sha256), `audit_event`, and at last `end` with the number of `lines` before it: without it something is missing. The contents are downloaded by id, as always.
         */
        get: operations["exportAccount"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the process is up
         * @description For a supervisor: an answer means that the process need not be started anew.
         */
        get: operations["healthz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /**
         * Whether the process is up, without a body
         * @description For a supervisor: an answer means that the process need not be started anew.
         */
        head: operations["healthzHead"];
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether it can serve
         * @description For a load balancer: asks the database, the queue and the object store.
         */
        get: operations["readyz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /**
         * Whether it can serve, without a body
         * @description For a load balancer: asks the database, the queue and the object store.
         */
        head: operations["readyzHead"];
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * This document
         * @description Made of the very routes it describes. For people there is `GET /docs`.
         */
        get: operations["openapi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * This document as a reference for people
         * @description A page in which every operation can be tried. It loads nothing from elsewhere.
         */
        get: operations["docs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs/{asset}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A part of that page
         * @description Its style and its scripts.
         */
        get: operations["docsAsset"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the server holds and has to do, for its admins
         * @description For a browser, and without a script. A stranger is asked to log in; whoever is known not to be an admin, or brings a token of the api, is answered as at an unknown address, as is everybody where nobody is an admin.
         */
        get: operations["adminOverview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Log in to the admin pages
         * @description What the form sends. Counted with all other log-ins; the session is one of the account’s.
         */
        post: operations["adminLogIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Log out of the admin pages
         * @description The session ends, and the browser forgets it.
         */
        post: operations["adminLogOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/users/{id}/quota": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set what an account may hold
         * @description Less than it holds stops uploads and removes nothing.
         */
        post: operations["adminSetQuota"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/queue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The jobs of the queue by their state, for admins
         * @description The same whichever backend the queue has.
         */
        get: operations["adminQueue"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/queue/{queue}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have all jobs of a kind that failed run again
         * @description Each with all its tries.
         */
        post: operations["adminRetryJobs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/queue/{queue}/jobs/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have a job that failed run again
         * @description With all its tries. One that is not there any more, or has not failed, is left alone.
         */
        post: operations["adminRetryJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AuditEvent: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "registered" | "logged_in" | "log_in_failed" | "logged_out" | "session_revoked" | "other_sessions_revoked" | "refresh_token_reused" | "password_changed" | "password_reset" | "password_refused" | "token_created" | "token_revoked" | "account_exported" | "webhook_created" | "webhook_enabled" | "webhook_disabled" | "webhook_deleted" | "share_created" | "share_revoked" | "file_deleted" | "files_deleted" | "folder_deleted" | "file_purged" | "trash_emptied" | "quota_changed" | "admin_granted" | "admin_withdrawn" | "admin_logged_in" | "admin_set_quota" | "admin_retried_jobs";
            /** Format: date-time */
            createdAt: string;
            /** @description Address that the request came from. */
            address: string | null;
            /** @description Name of the session’s device, or of the token, that asked. */
            device: string | null;
            /** @description Program that asked, as it names itself. */
            userAgent: string | null;
            sessionId: string | null;
            tokenId: string | null;
            /** @description What it was about, such as the path of a file or the name of a token. */
            details: {
                [key: string]: string | number;
            };
        };
        ChangeEvent: {
            /**
             * @description Go on from here: the cursor behind this change.
             * @example 1024
             */
            id: string;
            /** @enum {string} */
            kind: "created" | "updated" | "ready" | "failed" | "moved" | "deleted" | "restored" | "purged";
            /** Format: uuid */
            fileId: string;
            /** @description Where the file is now; of one that is gone, where it was. */
            path: string;
            /** @description Where it was before a `moved`, or before it was deleted when `restored` elsewhere. */
            previousPath: string | null;
            /** Format: date-time */
            changedAt: string;
            /** @description The file as it is when this is sent, which may be later than the change; null while it is in the trash, or gone. */
            file: components["schemas"]["File"] | null;
        };
        File: {
            /** Format: uuid */
            id: string;
            /** @example photos/2026/beach.jpg */
            path: string;
            /** @example 482113 */
            sizeBytes: number;
            /**
             * @description Of the content.
             * @example e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
             */
            sha256: string;
            /** @example image/jpeg */
            contentType: string;
            /** @enum {string} */
            status: "stored" | "ready" | "failed";
            /** @description Why it is `failed`; null when it is not. */
            failure: string | null;
            /** @enum {string} */
            encoding: "identity" | "zstd";
            /** @description Bytes the content takes in the object store. */
            storedBytes: number;
            /** @description Number of the current version, from 1. */
            version: number;
            /** @description As the uploader gave it; only data. */
            modifiedAt: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        ContentUrl: {
            /**
             * @description A secret: whoever has it can GET the object until it expires. 404 means that the content has moved: ask again.
             * @example http://127.0.0.1:8321/storage/objects/…?expires=…&signature=…
             */
            url: string;
            /** Format: date-time */
            expiresAt: string;
            /**
             * @description How the stored bytes encode the content: `zstd -d` decodes zstd.
             * @enum {string}
             */
            encoding: "identity" | "zstd";
            /** @description Where in the object the stored bytes begin: small contents share objects. Ask for `Range: bytes=offset-(offset+storedBytes-1)`. */
            offset: number;
            storedBytes: number;
            /** @description Bytes of the content. */
            sizeBytes: number;
            /** @description Of the content. */
            sha256: string;
        };
        /**
         * @example {
         *       "code": "file_not_found",
         *       "message": "There is no such file"
         *     }
         */
        Error: {
            /** @enum {string} */
            code: "invalid_input" | "unauthenticated" | "access_token_expired" | "session_ended" | "insufficient_scope" | "wrong_origin" | "invalid_credentials" | "limit_reached" | "session_not_found" | "share_not_found" | "share_locked" | "token_not_found" | "email_taken" | "webhook_not_found" | "webhook_disabled" | "not_found" | "file_not_found" | "folder_not_found" | "version_not_found" | "version_mismatch" | "path_taken" | "idempotency_key_reused" | "request_in_progress" | "cursor_expired" | "upload_not_found" | "upload_expired" | "upload_finished" | "upload_incomplete" | "upload_offset_mismatch" | "checksum_missing" | "checksum_mismatch" | "size_mismatch" | "content_unknown" | "quota_exceeded" | "payload_too_large" | "unsupported_media_type" | "range_not_satisfiable" | "request_aborted" | "too_many_streams" | "rate_limited" | "content_failed" | "content_unavailable" | "storage_full" | "unavailable" | "internal_error";
            /** @description What is wrong and what to do, for a person. */
            message: string;
            issues?: {
                /**
                 * @example [
                 *       "path"
                 *     ]
                 */
                path: (string | number)[];
                message: string;
            }[];
            /** @description With `path_taken`: a path that was free. */
            suggestedPath?: string;
        };
        Session: {
            /** Format: uuid */
            id: string;
            deviceName: string | null;
            /** @description Address that it was logged in from. */
            address: string | null;
            /** @description Program that logged in, as it names itself. */
            userAgent: string | null;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description Exact to the lifetime of an access token.
             */
            lastSeenAt: string;
            /** Format: date-time */
            expiresAt: string;
            /** @description Whether it is the one that asks. */
            isCurrent: boolean;
        };
        Share: {
            /** Format: uuid */
            id: string;
            /** @description The file that is shared; null for a folder. */
            fileId: string | null;
            /** @description The folder that is shared; null for a file. */
            folder: string | null;
            hasPassword: boolean;
            /** Format: date-time */
            createdAt: string;
            /** @description null: it does not expire. */
            expiresAt: string | null;
            /** @description null: as many as are asked for. */
            maxDownloads: number | null;
            downloads: number;
        };
        PersonalAccessToken: {
            /** Format: uuid */
            id: string;
            name: string;
            scopes: ("read" | "write" | "share")[];
            /** Format: date-time */
            createdAt: string;
            /** @description null: it does not expire. */
            expiresAt: string | null;
            /** @description Exact to a minute; null: never used. */
            lastUsedAt: string | null;
        };
        TrashedFile: {
            /** Format: uuid */
            id: string;
            /** @example photos/2026/beach.jpg */
            path: string;
            /** @example 482113 */
            sizeBytes: number;
            /**
             * @description Of the content.
             * @example e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
             */
            sha256: string;
            /** @example image/jpeg */
            contentType: string;
            /** @enum {string} */
            status: "stored" | "ready" | "failed";
            /** @description Why it is `failed`; null when it is not. */
            failure: string | null;
            /** @enum {string} */
            encoding: "identity" | "zstd";
            /** @description Bytes the content takes in the object store. */
            storedBytes: number;
            /** @description Number of the current version, from 1. */
            version: number;
            /** @description As the uploader gave it; only data. */
            modifiedAt: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** Format: date-time */
            deletedAt: string;
            /**
             * Format: date-time
             * @description From then on it is removed for good.
             */
            purgedFrom: string;
        };
        UploadSession: {
            /** Format: uuid */
            id: string;
            /** @example http://127.0.0.1:8321/storage/uploads/…?expires=…&signature=… */
            url: string;
            /** @constant */
            method: "PUT";
            /** @description Send these with every PUT. */
            headers: {
                [key: string]: string;
            };
            /**
             * @description When sending in chunks, every chunk but the last is a multiple of this many bytes.
             * @example 262144
             */
            chunkGranularityBytes: number;
            /** Format: date-time */
            expiresAt: string;
            /**
             * @description The store keeps a crc32c of what it received: give that of your bytes at completion.
             * @constant
             */
            comparesCrc32c?: true;
        };
        Usage: {
            files: number;
            /** @description Sum of the sizes of the files. */
            sizeBytes: number;
            /** @description Bytes their contents take in the object store; equal content counts once. */
            storedBytes: number;
            /** @description Deleted files that can still be restored. */
            trash: {
                files: number;
                sizeBytes: number;
            };
            quota: {
                /** @description Bytes of all content, each counted once, old versions and trash included, and what open uploads have announced. */
                usedBytes: number;
                /** @description null: no limit. */
                limitBytes: number | null;
            };
            byStatus: {
                stored: {
                    files: number;
                    sizeBytes: number;
                };
                ready: {
                    files: number;
                    sizeBytes: number;
                };
                failed: {
                    files: number;
                    sizeBytes: number;
                };
            };
            /** @description A few of the files a worker has in hand at this moment. */
            compressing: {
                path: string;
                sizeBytes: number;
                /** @description How much of it is compressed; null when that was not reported (yet). */
                doneBytes: number | null;
            }[];
        };
        Version: {
            number: number;
            isCurrent: boolean;
            sizeBytes: number;
            sha256: string;
            /** @example image/jpeg */
            contentType: string;
            /** @enum {string} */
            status: "stored" | "ready" | "failed";
            failure: string | null;
            /** @enum {string} */
            encoding: "identity" | "zstd";
            storedBytes: number;
            modifiedAt: string | null;
            /** Format: date-time */
            createdAt: string;
        };
        Webhook: {
            /** Format: uuid */
            id: string;
            url: string;
            /** @description Only events of files whose path starts with it. */
            pathPrefix: string;
            /** Format: date-time */
            createdAt: string;
            /** @description Since when no delivery has succeeded; null: the last one did. */
            failingSince: string | null;
            /** @description When it was given up after failing for days; null: it is in use. */
            disabledAt: string | null;
        };
        WebhookDelivery: {
            /**
             * Format: uuid
             * @description As in the header `webhook-id`: the same at every try.
             */
            id: string;
            /** @enum {string} */
            state: "pending" | "delivered" | "failed";
            /** @description How many events it carries. */
            events: number;
            attempts: number;
            /** @description What the last try was answered with. */
            lastStatus: number | null;
            /** @description Why the last try failed. */
            lastError: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        ProgressEvent: {
            /** @constant */
            kind: "progress";
            /** Format: uuid */
            fileId: string;
            path: string;
            sizeBytes: number;
            doneBytes: number;
        };
        CursorEvent: {
            /** @constant */
            kind: "cursor";
            /** @example 1024 */
            id: string;
        };
    };
    responses: {
        /** @description - `invalid_input`: A field of the request is missing or malformed; `issues` names it. */
        invalid_input: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {unknown} */
                    code?: "invalid_input";
                };
            };
        };
        /**
         * @description - `unauthenticated`: No access token, or one that is malformed, forged, or of a user that is gone; or a personal access token that has expired or was revoked.
         *     - `access_token_expired`: The access token has expired: refresh it.
         *     - `session_ended`: The session was logged out, revoked or has expired: log in again.
         *     - `invalid_credentials`: The address or the password is wrong.
         */
        "unauthenticated-or-access_token_expired-or-session_ended-or-invalid_credentials": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {unknown} */
                    code?: "unauthenticated" | "access_token_expired" | "session_ended" | "invalid_credentials";
                };
            };
        };
        /** @description - `insufficient_scope`: The personal access token lacks the scope that this needs, or this needs a log-in rather than a token. */
        insufficient_scope: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {unknown} */
                    code?: "insufficient_scope";
                };
            };
        };
        /** @description - `payload_too_large`: The request body is larger than this route takes. */
        payload_too_large: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {unknown} */
                    code?: "payload_too_large";
                };
            };
        };
        /** @description - `unsupported_media_type`: This route does not take a body of this content type. */
        unsupported_media_type: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {unknown} */
                    code?: "unsupported_media_type";
                };
            };
        };
        /** @description - `rate_limited`: Too many attempts: wait and try again. */
        rate_limited: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {unknown} */
                    code?: "rate_limited";
                };
            };
        };
        /** @description - `internal_error`: A fault on our side; it was logged with the request id. */
        internal_error: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {unknown} */
                    code?: "internal_error";
                };
            };
        };
        /** @description - `unavailable`: A service that is needed does not answer right now: try again. */
        unavailable: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {unknown} */
                    code?: "unavailable";
                };
            };
        };
        /**
         * @description - `unauthenticated`: No access token, or one that is malformed, forged, or of a user that is gone; or a personal access token that has expired or was revoked.
         *     - `access_token_expired`: The access token has expired: refresh it.
         *     - `session_ended`: The session was logged out, revoked or has expired: log in again.
         */
        "unauthenticated-or-access_token_expired-or-session_ended": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {unknown} */
                    code?: "unauthenticated" | "access_token_expired" | "session_ended";
                };
            };
        };
        /** @description - `cursor_expired`: The changes since this cursor are not all kept any more: list the files, then go on from now. */
        cursor_expired: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {unknown} */
                    code?: "cursor_expired";
                };
            };
        };
        /** @description - `too_many_streams`: The account follows its events in as many places as it may at once: end some. */
        too_many_streams: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {unknown} */
                    code?: "too_many_streams";
                };
            };
        };
        /** @description - `file_not_found`: No such file, or not for this user. */
        file_not_found: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {unknown} */
                    code?: "file_not_found";
                };
            };
        };
        /** @description - `version_mismatch`: The file is not at the version that the request expects. */
        version_mismatch: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {unknown} */
                    code?: "version_mismatch";
                };
            };
        };
        /**
         * @description - `file_not_found`: No such file, or not for this user.
         *     - `version_not_found`: The file has no such version, or no longer.
         */
        "file_not_found-or-version_not_found": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {unknown} */
                    code?: "file_not_found" | "version_not_found";
                };
            };
        };
        /** @description - `content_failed`: The content of this file was found damaged when it was verified: upload it again. */
        content_failed: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {unknown} */
                    code?: "content_failed";
                };
            };
        };
        /** @description - `path_taken`: Another file has this path; `suggestedPath` is one that was free. */
        path_taken: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {unknown} */
                    code?: "path_taken";
                };
            };
        };
        /** @description - `folder_not_found`: No files lie in this folder, or not for this user. */
        folder_not_found: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {unknown} */
                    code?: "folder_not_found";
                };
            };
        };
        /** @description - `session_not_found`: No such session, or not for this user; or it has ended. */
        session_not_found: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {unknown} */
                    code?: "session_not_found";
                };
            };
        };
        /**
         * @description - `file_not_found`: No such file, or not for this user.
         *     - `folder_not_found`: No files lie in this folder, or not for this user.
         */
        "file_not_found-or-folder_not_found": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {unknown} */
                    code?: "file_not_found" | "folder_not_found";
                };
            };
        };
        /**
         * @description - `limit_reached`: The account has as many of these as it may have: remove some.
         *     - `request_in_progress`: The request with this `Idempotency-Key` is still under way: ask again for its answer.
         */
        "limit_reached-or-request_in_progress": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {unknown} */
                    code?: "limit_reached" | "request_in_progress";
                };
            };
        };
        /** @description - `idempotency_key_reused`: Another request came with this `Idempotency-Key` before: use a key of its own for each request. */
        idempotency_key_reused: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {unknown} */
                    code?: "idempotency_key_reused";
                };
            };
        };
        /** @description - `share_not_found`: No such share link, or not for this user; or it has expired, is used up or was revoked. */
        share_not_found: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {unknown} */
                    code?: "share_not_found";
                };
            };
        };
        /** @description - `token_not_found`: No such personal access token, or not for this user. */
        token_not_found: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {unknown} */
                    code?: "token_not_found";
                };
            };
        };
        /** @description - `upload_not_found`: No such upload session, or not for this user. */
        upload_not_found: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {unknown} */
                    code?: "upload_not_found";
                };
            };
        };
        /** @description - `request_in_progress`: The request with this `Idempotency-Key` is still under way: ask again for its answer. */
        request_in_progress: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {unknown} */
                    code?: "request_in_progress";
                };
            };
        };
        /**
         * @description - `quota_exceeded`: The account has no room for this.
         *     - `payload_too_large`: The request body is larger than this route takes.
         */
        "quota_exceeded-or-payload_too_large": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {unknown} */
                    code?: "quota_exceeded" | "payload_too_large";
                };
            };
        };
        /**
         * @description - `idempotency_key_reused`: Another request came with this `Idempotency-Key` before: use a key of its own for each request.
         *     - `size_mismatch`: The bytes received are more or fewer than declared.
         */
        "idempotency_key_reused-or-size_mismatch": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {unknown} */
                    code?: "idempotency_key_reused" | "size_mismatch";
                };
            };
        };
        /** @description - `storage_full`: The object store has no room left. */
        storage_full: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {unknown} */
                    code?: "storage_full";
                };
            };
        };
        /** @description - `upload_finished`: The upload session has received all its bytes, or was completed or cancelled. */
        upload_finished: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {unknown} */
                    code?: "upload_finished";
                };
            };
        };
        /** @description - `upload_expired`: The upload session has expired: create a new one. */
        upload_expired: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {unknown} */
                    code?: "upload_expired";
                };
            };
        };
        /**
         * @description - `invalid_input`: A field of the request is missing or malformed; `issues` names it.
         *     - `checksum_missing`: The sha256 was given neither at creation nor at completion.
         */
        "invalid_input-or-checksum_missing": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {unknown} */
                    code?: "invalid_input" | "checksum_missing";
                };
            };
        };
        /**
         * @description - `upload_finished`: The upload session has received all its bytes, or was completed or cancelled.
         *     - `upload_incomplete`: The upload session has not received all its bytes yet.
         */
        "upload_finished-or-upload_incomplete": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {unknown} */
                    code?: "upload_finished" | "upload_incomplete";
                };
            };
        };
        /**
         * @description - `checksum_mismatch`: The bytes received do not have the declared sha256.
         *     - `size_mismatch`: The bytes received are more or fewer than declared.
         */
        "checksum_mismatch-or-size_mismatch": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {unknown} */
                    code?: "checksum_mismatch" | "size_mismatch";
                };
            };
        };
        /** @description - `email_taken`: An account with this address exists. */
        email_taken: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {unknown} */
                    code?: "email_taken";
                };
            };
        };
        /** @description - `invalid_credentials`: The address or the password is wrong. */
        invalid_credentials: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {unknown} */
                    code?: "invalid_credentials";
                };
            };
        };
        /** @description - `session_ended`: The session was logged out, revoked or has expired: log in again. */
        session_ended: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {unknown} */
                    code?: "session_ended";
                };
            };
        };
        /** @description - `webhook_not_found`: No such webhook, or no such delivery of it, or not for this user. */
        webhook_not_found: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {unknown} */
                    code?: "webhook_not_found";
                };
            };
        };
        /** @description - `webhook_disabled`: The webhook is disabled: put it in use again first. */
        webhook_disabled: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {unknown} */
                    code?: "webhook_disabled";
                };
            };
        };
        /**
         * @description - `invalid_input`: A field of the request is missing or malformed; `issues` names it.
         *     - `request_aborted`: The request ended before its body was complete.
         */
        "invalid_input-or-request_aborted": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {unknown} */
                    code?: "invalid_input" | "request_aborted";
                };
            };
        };
        /** @description - `size_mismatch`: The bytes received are more or fewer than declared. */
        size_mismatch: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {unknown} */
                    code?: "size_mismatch";
                };
            };
        };
        /**
         * @description - `upload_finished`: The upload session has received all its bytes, or was completed or cancelled.
         *     - `upload_offset_mismatch`: The bytes sent do not follow the bytes kept: ask how far the session got.
         */
        "upload_finished-or-upload_offset_mismatch": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {unknown} */
                    code?: "upload_finished" | "upload_offset_mismatch";
                };
            };
        };
        /** @description - `range_not_satisfiable`: The range lies outside the content. */
        range_not_satisfiable: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {unknown} */
                    code?: "range_not_satisfiable";
                };
            };
        };
        /**
         * @description - `content_unavailable`: The content of this file can not be read right now.
         *     - `unavailable`: A service that is needed does not answer right now: try again.
         */
        "content_unavailable-or-unavailable": {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {unknown} */
                    code?: "content_unavailable" | "unavailable";
                };
            };
        };
        /** @description - `not_found`: There is nothing at this address, or not for this user. */
        not_found: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {unknown} */
                    code?: "not_found";
                };
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: {
        /**
         * @description Names the request in the log of the server. A request may bring one: up to 128 letters, digits and `._:-`.
         * @example 5b2c7e0a-8f1d-4a39-9f0e-2f3d8c1b6a57
         */
        RequestId: string;
        /**
         * @description In so many seconds it makes sense to try again.
         * @example 2
         */
        RetryAfter: number;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    "account-changePassword": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "currentPassword": "correct horse battery",
                 *       "newPassword": "correct horse battery"
                 *     }
                 */
                "application/json": {
                    /** @example correct horse battery */
                    currentPassword: string;
                    /**
                     * @description At least 10 characters, at least 5 of them different, not digits only.
                     * @example correct horse battery
                     */
                    newPassword: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "sessions": 1
                     *     }
                     */
                    "application/json": {
                        /** @description How many sessions were ended. */
                        sessions: number;
                    };
                };
            };
            400: components["responses"]["invalid_input"];
            401: components["responses"]["unauthenticated-or-access_token_expired-or-session_ended-or-invalid_credentials"];
            403: components["responses"]["insufficient_scope"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    "account-delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "password": "correct horse battery"
                 *     }
                 */
                "application/json": {
                    /** @example correct horse battery */
                    password: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {} */
                    "application/json": Record<string, never>;
                };
            };
            400: components["responses"]["invalid_input"];
            401: components["responses"]["unauthenticated-or-access_token_expired-or-session_ended-or-invalid_credentials"];
            403: components["responses"]["insufficient_scope"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    "audit-list": {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many one page holds at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "019abc3e-7a44-7cde-8f01-23456789abcd",
                     *           "kind": "registered",
                     *           "createdAt": "2026-11-25T12:00:00.000Z",
                     *           "address": null,
                     *           "device": null,
                     *           "userAgent": null,
                     *           "sessionId": "019abc3e-7a44-7cde-8f01-23456789abcd",
                     *           "tokenId": "019abc3e-7a44-7cde-8f01-23456789abcd",
                     *           "details": {}
                     *         }
                     *       ],
                     *       "nextCursor": "019abc3e-7a44-7cde-8f01-23456789abcd"
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["AuditEvent"][];
                        /** @description null on the last page. */
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["invalid_input"];
            401: components["responses"]["unauthenticated-or-access_token_expired-or-session_ended"];
            403: components["responses"]["insufficient_scope"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    "events-list": {
        parameters: {
            query?: {
                /** @description `cursor` of the answer before, or the id of an event. Without one the answer is only where the changes stand now: ask for that first, then list the files, then ask for the changes since. */
                cursor?: string;
                /** @description Only events of files whose path, or whose path before, starts with this text. */
                pathPrefix?: string;
                /** @description How many one page holds at most. */
                limit?: number;
                /** @description How long the answer may wait for a change when there is none. */
                waitSeconds?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "1024",
                     *           "kind": "created",
                     *           "fileId": "019abc3e-7a44-7cde-8f01-23456789abcd",
                     *           "path": "text",
                     *           "previousPath": null,
                     *           "changedAt": "2026-11-25T12:00:00.000Z",
                     *           "file": {
                     *             "id": "019abc3e-7a44-7cde-8f01-23456789abcd",
                     *             "path": "photos/2026/beach.jpg",
                     *             "sizeBytes": 482113,
                     *             "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                     *             "contentType": "image/jpeg",
                     *             "status": "stored",
                     *             "failure": null,
                     *             "encoding": "identity",
                     *             "storedBytes": 1,
                     *             "version": 1,
                     *             "modifiedAt": "2026-11-25T12:00:00.000Z",
                     *             "createdAt": "2026-11-25T12:00:00.000Z",
                     *             "updatedAt": "2026-11-25T12:00:00.000Z"
                     *           }
                     *         }
                     *       ],
                     *       "cursor": "1024",
                     *       "hasMore": true
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["ChangeEvent"][];
                        /**
                         * @description Ask with it for what comes after.
                         * @example 1024
                         */
                        cursor: string;
                        /** @description More is there already. */
                        hasMore: boolean;
                    };
                };
            };
            400: components["responses"]["invalid_input"];
            401: components["responses"]["unauthenticated-or-access_token_expired-or-session_ended"];
            403: components["responses"]["insufficient_scope"];
            410: components["responses"]["cursor_expired"];
            429: components["responses"]["too_many_streams"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    "files-list": {
        parameters: {
            query?: {
                /** @description Only files whose path starts with this text. */
                prefix?: string;
                /** @description Only files in this state. */
                status?: "stored" | "ready" | "failed";
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many one page holds at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "019abc3e-7a44-7cde-8f01-23456789abcd",
                     *           "path": "photos/2026/beach.jpg",
                     *           "sizeBytes": 482113,
                     *           "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                     *           "contentType": "image/jpeg",
                     *           "status": "stored",
                     *           "failure": null,
                     *           "encoding": "identity",
                     *           "storedBytes": 1,
                     *           "version": 1,
                     *           "modifiedAt": "2026-11-25T12:00:00.000Z",
                     *           "createdAt": "2026-11-25T12:00:00.000Z",
                     *           "updatedAt": "2026-11-25T12:00:00.000Z"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["File"][];
                        /** @description null on the last page. */
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["invalid_input"];
            401: components["responses"]["unauthenticated-or-access_token_expired-or-session_ended"];
            403: components["responses"]["insufficient_scope"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    "files-get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the file. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /**
                     * @description The number of its current version, in quotes: what `If-Match` takes.
                     * @example "3"
                     */
                    ETag?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019abc3e-7a44-7cde-8f01-23456789abcd",
                     *       "path": "photos/2026/beach.jpg",
                     *       "sizeBytes": 482113,
                     *       "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                     *       "contentType": "image/jpeg",
                     *       "status": "stored",
                     *       "failure": null,
                     *       "encoding": "identity",
                     *       "storedBytes": 1,
                     *       "version": 1,
                     *       "modifiedAt": "2026-11-25T12:00:00.000Z",
                     *       "createdAt": "2026-11-25T12:00:00.000Z",
                     *       "updatedAt": "2026-11-25T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["File"];
                };
            };
            400: components["responses"]["invalid_input"];
            401: components["responses"]["unauthenticated-or-access_token_expired-or-session_ended"];
            403: components["responses"]["insufficient_scope"];
            404: components["responses"]["file_not_found"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    "files-delete": {
        parameters: {
            query?: {
                /** @description Go on only if this is the number of the current version of the file at the path; 0: only if there is no file. Otherwise 412. The header `If-Match` with the number or the content’s ETag says the same. */
                ifVersion?: number;
            };
            header?: {
                /**
                 * @description Go on only if the file is at one of these: the number of a version or the sha256 of its content, in quotes, or `*` for any file that is there. Otherwise 412. Instead of it `If-None-Match: *`: only if there is no file.
                 * @example "3"
                 */
                "If-Match"?: string;
            };
            path: {
                /** @description Id of the file. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019abc3e-7a44-7cde-8f01-23456789abcd",
                     *       "deletedAt": "2026-11-25T12:00:00.000Z"
                     *     }
                     */
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: date-time */
                        deletedAt: string;
                    };
                };
            };
            400: components["responses"]["invalid_input"];
            401: components["responses"]["unauthenticated-or-access_token_expired-or-session_ended"];
            403: components["responses"]["insufficient_scope"];
            404: components["responses"]["file_not_found"];
            412: components["responses"]["version_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    "files-byPath": {
        parameters: {
            query: {
                /** @description Relative path of the file: "/"-separated, Unicode NFC, no empty, "." or ".." part, no control characters, each part at most 255 bytes, the whole at most 1,024 bytes of UTF-8. */
                path: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /**
                     * @description The number of its current version, in quotes: what `If-Match` takes.
                     * @example "3"
                     */
                    ETag?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019abc3e-7a44-7cde-8f01-23456789abcd",
                     *       "path": "photos/2026/beach.jpg",
                     *       "sizeBytes": 482113,
                     *       "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                     *       "contentType": "image/jpeg",
                     *       "status": "stored",
                     *       "failure": null,
                     *       "encoding": "identity",
                     *       "storedBytes": 1,
                     *       "version": 1,
                     *       "modifiedAt": "2026-11-25T12:00:00.000Z",
                     *       "createdAt": "2026-11-25T12:00:00.000Z",
                     *       "updatedAt": "2026-11-25T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["File"];
                };
            };
            400: components["responses"]["invalid_input"];
            401: components["responses"]["unauthenticated-or-access_token_expired-or-session_ended"];
            403: components["responses"]["insufficient_scope"];
            404: components["responses"]["file_not_found"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    "files-contentUrl": {
        parameters: {
            query?: {
                /** @description The current one when left out. */
                version?: number;
            };
            header?: never;
            path: {
                /** @description Id of the file. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "url": "http://127.0.0.1:8321/storage/objects/…?expires=…&signature=…",
                     *       "expiresAt": "2026-11-25T12:00:00.000Z",
                     *       "encoding": "identity",
                     *       "offset": 1,
                     *       "storedBytes": 1,
                     *       "sizeBytes": 1,
                     *       "sha256": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["ContentUrl"];
                };
            };
            400: components["responses"]["invalid_input"];
            401: components["responses"]["unauthenticated-or-access_token_expired-or-session_ended"];
            403: components["responses"]["insufficient_scope"];
            404: components["responses"]["file_not_found-or-version_not_found"];
            409: components["responses"]["content_failed"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    "files-move": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Go on only if the file is at one of these: the number of a version or the sha256 of its content, in quotes, or `*` for any file that is there. Otherwise 412. Instead of it `If-None-Match: *`: only if there is no file.
                 * @example "3"
                 */
                "If-Match"?: string;
            };
            path: {
                /** @description Id of the file. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "path": "photos/2026/beach.jpg"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description The path afterwards.
                     * @example photos/2026/beach.jpg
                     */
                    path: string;
                    /** @description Go on only if this is the number of the current version of the file at the path; 0: only if there is no file. Otherwise 412. The header `If-Match` with the number or the content’s ETag says the same. */
                    ifVersion?: number;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /**
                     * @description The number of its current version, in quotes: what `If-Match` takes.
                     * @example "3"
                     */
                    ETag?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019abc3e-7a44-7cde-8f01-23456789abcd",
                     *       "path": "photos/2026/beach.jpg",
                     *       "sizeBytes": 482113,
                     *       "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                     *       "contentType": "image/jpeg",
                     *       "status": "stored",
                     *       "failure": null,
                     *       "encoding": "identity",
                     *       "storedBytes": 1,
                     *       "version": 1,
                     *       "modifiedAt": "2026-11-25T12:00:00.000Z",
                     *       "createdAt": "2026-11-25T12:00:00.000Z",
                     *       "updatedAt": "2026-11-25T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["File"];
                };
            };
            400: components["responses"]["invalid_input"];
            401: components["responses"]["unauthenticated-or-access_token_expired-or-session_ended"];
            403: components["responses"]["insufficient_scope"];
            404: components["responses"]["file_not_found"];
            409: components["responses"]["path_taken"];
            412: components["responses"]["version_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    "files-moveMany": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "files": [
                 *         {
                 *           "id": "019abc3e-7a44-7cde-8f01-23456789abcd",
                 *           "path": "photos/2026/beach.jpg",
                 *           "ifPath": "photos/2026/beach.jpg"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": {
                    files: {
                        /**
                         * Format: uuid
                         * @description Id of the file.
                         */
                        id: string;
                        /**
                         * @description The path afterwards.
                         * @example photos/2026/beach.jpg
                         */
                        path: string;
                        /** @description Go on only if this is the number of the current version of the file at the path; 0: only if there is no file. Otherwise 412. The header `If-Match` with the number or the content’s ETag says the same. */
                        ifVersion?: number;
                        /**
                         * @description Only if the file is at this path still: else it is refused with `version_mismatch`.
                         * @example photos/2026/beach.jpg
                         */
                        ifPath?: string;
                    }[];
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "results": [
                     *         {
                     *           "id": "019abc3e-7a44-7cde-8f01-23456789abcd",
                     *           "path": "text"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        results: ({
                            /** Format: uuid */
                            id: string;
                            path: string;
                        } | {
                            error: components["schemas"]["Error"];
                        })[];
                    };
                };
            };
            400: components["responses"]["invalid_input"];
            401: components["responses"]["unauthenticated-or-access_token_expired-or-session_ended"];
            403: components["responses"]["insufficient_scope"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    "files-retry": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the file. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /**
                     * @description The number of its current version, in quotes: what `If-Match` takes.
                     * @example "3"
                     */
                    ETag?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019abc3e-7a44-7cde-8f01-23456789abcd",
                     *       "path": "photos/2026/beach.jpg",
                     *       "sizeBytes": 482113,
                     *       "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                     *       "contentType": "image/jpeg",
                     *       "status": "stored",
                     *       "failure": null,
                     *       "encoding": "identity",
                     *       "storedBytes": 1,
                     *       "version": 1,
                     *       "modifiedAt": "2026-11-25T12:00:00.000Z",
                     *       "createdAt": "2026-11-25T12:00:00.000Z",
                     *       "updatedAt": "2026-11-25T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["File"];
                };
            };
            400: components["responses"]["invalid_input"];
            401: components["responses"]["unauthenticated-or-access_token_expired-or-session_ended"];
            403: components["responses"]["insufficient_scope"];
            404: components["responses"]["file_not_found"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    "files-deleteMany": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "files": [
                 *         {
                 *           "id": "019abc3e-7a44-7cde-8f01-23456789abcd",
                 *           "ifPath": "photos/2026/beach.jpg"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": {
                    files: {
                        /** Format: uuid */
                        id: string;
                        /** @description Go on only if this is the number of the current version of the file at the path; 0: only if there is no file. Otherwise 412. The header `If-Match` with the number or the content’s ETag says the same. */
                        ifVersion?: number;
                        /**
                         * @description Only if the file is at this path still: else it is refused with `version_mismatch`.
                         * @example photos/2026/beach.jpg
                         */
                        ifPath?: string;
                    }[];
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "results": [
                     *         {
                     *           "id": "019abc3e-7a44-7cde-8f01-23456789abcd",
                     *           "deletedAt": "2026-11-25T12:00:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        results: ({
                            /** Format: uuid */
                            id: string;
                            /** Format: date-time */
                            deletedAt: string;
                        } | {
                            error: components["schemas"]["Error"];
                        })[];
                    };
                };
            };
            400: components["responses"]["invalid_input"];
            401: components["responses"]["unauthenticated-or-access_token_expired-or-session_ended"];
            403: components["responses"]["insufficient_scope"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    "folders-move": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "from": "photos/2026",
                 *       "to": "photos/2026"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description Path of the folder.
                     * @example photos/2026
                     */
                    from: string;
                    /**
                     * @description Path of the folder afterwards; it may have files already.
                     * @example photos/2026
                     */
                    to: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "files": 1
                     *     }
                     */
                    "application/json": {
                        files: number;
                    };
                };
            };
            400: components["responses"]["invalid_input"];
            401: components["responses"]["unauthenticated-or-access_token_expired-or-session_ended"];
            403: components["responses"]["insufficient_scope"];
            404: components["responses"]["folder_not_found"];
            409: components["responses"]["path_taken"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    "folders-delete": {
        parameters: {
            query: {
                /** @description Path of the folder. */
                path: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "files": 1,
                     *       "deletedAt": "2026-11-25T12:00:00.000Z"
                     *     }
                     */
                    "application/json": {
                        files: number;
                        /** Format: date-time */
                        deletedAt: string;
                    };
                };
            };
            400: components["responses"]["invalid_input"];
            401: components["responses"]["unauthenticated-or-access_token_expired-or-session_ended"];
            403: components["responses"]["insufficient_scope"];
            404: components["responses"]["folder_not_found"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    "sessions-list": {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many one page holds at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "019abc3e-7a44-7cde-8f01-23456789abcd",
                     *           "deviceName": null,
                     *           "address": null,
                     *           "userAgent": null,
                     *           "createdAt": "2026-11-25T12:00:00.000Z",
                     *           "lastSeenAt": "2026-11-25T12:00:00.000Z",
                     *           "expiresAt": "2026-11-25T12:00:00.000Z",
                     *           "isCurrent": true
                     *         }
                     *       ],
                     *       "nextCursor": "019abc3e-7a44-7cde-8f01-23456789abcd"
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["Session"][];
                        /** @description null on the last page. */
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["invalid_input"];
            401: components["responses"]["unauthenticated-or-access_token_expired-or-session_ended"];
            403: components["responses"]["insufficient_scope"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    "sessions-revoke": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the session. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {} */
                    "application/json": Record<string, never>;
                };
            };
            400: components["responses"]["invalid_input"];
            401: components["responses"]["unauthenticated-or-access_token_expired-or-session_ended"];
            403: components["responses"]["insufficient_scope"];
            404: components["responses"]["session_not_found"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    "sessions-revokeOthers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "sessions": 1
                     *     }
                     */
                    "application/json": {
                        /** @description How many sessions were ended. */
                        sessions: number;
                    };
                };
            };
            400: components["responses"]["invalid_input"];
            401: components["responses"]["unauthenticated-or-access_token_expired-or-session_ended"];
            403: components["responses"]["insufficient_scope"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    "shares-list": {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many one page holds at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "019abc3e-7a44-7cde-8f01-23456789abcd",
                     *           "fileId": "019abc3e-7a44-7cde-8f01-23456789abcd",
                     *           "folder": null,
                     *           "hasPassword": true,
                     *           "createdAt": "2026-11-25T12:00:00.000Z",
                     *           "expiresAt": "2026-11-25T12:00:00.000Z",
                     *           "maxDownloads": 1,
                     *           "downloads": 1
                     *         }
                     *       ],
                     *       "nextCursor": "019abc3e-7a44-7cde-8f01-23456789abcd"
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["Share"][];
                        /** @description null on the last page. */
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["invalid_input"];
            401: components["responses"]["unauthenticated-or-access_token_expired-or-session_ended"];
            403: components["responses"]["insufficient_scope"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    "shares-create": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own for this one request, such as a UUID, so that it can be sent again when its answer was lost: for 24 hours the same request with the same key gets the same answer, and nothing is made twice. Another request with the key is refused with 422, and one that comes while the first is under way with 409.
                 * @example 0b7a4a0e-3f0c-4f0e-9d2b-6a5c1e0d7f21
                 */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "folder": "photos/2026",
                 *       "maxDownloads": 10
                 *     }
                 */
                "application/json": {
                    /**
                     * Format: uuid
                     * @description A file: whatever its current version is.
                     */
                    fileId?: string;
                    /**
                     * @description Or a folder: whatever lies in it.
                     * @example photos/2026
                     */
                    folder?: string;
                    /**
                     * Format: date-time
                     * @description Until when it works; for ever when left out.
                     */
                    expiresAt?: string;
                    /** @description Asked for before anything is shown. */
                    password?: string;
                    /** @description So many downloads, and no more; there is then no preview, and no range of a download. */
                    maxDownloads?: number;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "url": "http://127.0.0.1:8321/s/…",
                     *       "share": {
                     *         "id": "019abc3e-7a44-7cde-8f01-23456789abcd",
                     *         "fileId": "019abc3e-7a44-7cde-8f01-23456789abcd",
                     *         "folder": null,
                     *         "hasPassword": true,
                     *         "createdAt": "2026-11-25T12:00:00.000Z",
                     *         "expiresAt": "2026-11-25T12:00:00.000Z",
                     *         "maxDownloads": 1,
                     *         "downloads": 1
                     *       }
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description The link: it is told this once. Whoever has it may download.
                         * @example http://127.0.0.1:8321/s/…
                         */
                        url: string;
                        share: components["schemas"]["Share"];
                    };
                };
            };
            400: components["responses"]["invalid_input"];
            401: components["responses"]["unauthenticated-or-access_token_expired-or-session_ended"];
            403: components["responses"]["insufficient_scope"];
            404: components["responses"]["file_not_found-or-folder_not_found"];
            409: components["responses"]["limit_reached-or-request_in_progress"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["idempotency_key_reused"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    "shares-revoke": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the share link. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {} */
                    "application/json": Record<string, never>;
                };
            };
            400: components["responses"]["invalid_input"];
            401: components["responses"]["unauthenticated-or-access_token_expired-or-session_ended"];
            403: components["responses"]["insufficient_scope"];
            404: components["responses"]["share_not_found"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    "tokens-list": {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many one page holds at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "019abc3e-7a44-7cde-8f01-23456789abcd",
                     *           "name": "text",
                     *           "scopes": [
                     *             "read"
                     *           ],
                     *           "createdAt": "2026-11-25T12:00:00.000Z",
                     *           "expiresAt": "2026-11-25T12:00:00.000Z",
                     *           "lastUsedAt": "2026-11-25T12:00:00.000Z"
                     *         }
                     *       ],
                     *       "nextCursor": "019abc3e-7a44-7cde-8f01-23456789abcd"
                     *     }
                     */
                    "application/json": {
                        /** @description 100 in all at most. */
                        items: components["schemas"]["PersonalAccessToken"][];
                        /** @description null on the last page. */
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["invalid_input"];
            401: components["responses"]["unauthenticated-or-access_token_expired-or-session_ended"];
            403: components["responses"]["insufficient_scope"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    "tokens-create": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own for this one request, such as a UUID, so that it can be sent again when its answer was lost: for 24 hours the same request with the same key gets the same answer, and nothing is made twice. Another request with the key is refused with 422, and one that comes while the first is under way with 409.
                 * @example 0b7a4a0e-3f0c-4f0e-9d2b-6a5c1e0d7f21
                 */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "nightly backup",
                 *       "scopes": [
                 *         "read",
                 *         "write"
                 *       ]
                 *     }
                 */
                "application/json": {
                    /**
                     * @description What it is for.
                     * @example nightly backup
                     */
                    name: string;
                    /**
                     * @description What it may be used for; none includes another.
                     * @example [
                     *       "read",
                     *       "write"
                     *     ]
                     */
                    scopes: ("read" | "write" | "share")[];
                    /**
                     * Format: date-time
                     * @description Until when it works; for ever when left out.
                     */
                    expiresAt?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "token": "isp_…",
                     *       "details": {
                     *         "id": "019abc3e-7a44-7cde-8f01-23456789abcd",
                     *         "name": "text",
                     *         "scopes": [
                     *           "read"
                     *         ],
                     *         "createdAt": "2026-11-25T12:00:00.000Z",
                     *         "expiresAt": "2026-11-25T12:00:00.000Z",
                     *         "lastUsedAt": "2026-11-25T12:00:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description The secret, beginning with `isp_`: it is told this once. Send it as `Authorization: Bearer …`.
                         * @example isp_…
                         */
                        token: string;
                        details: components["schemas"]["PersonalAccessToken"];
                    };
                };
            };
            400: components["responses"]["invalid_input"];
            401: components["responses"]["unauthenticated-or-access_token_expired-or-session_ended"];
            403: components["responses"]["insufficient_scope"];
            409: components["responses"]["limit_reached-or-request_in_progress"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["idempotency_key_reused"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    "tokens-revoke": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the token. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {} */
                    "application/json": Record<string, never>;
                };
            };
            400: components["responses"]["invalid_input"];
            401: components["responses"]["unauthenticated-or-access_token_expired-or-session_ended"];
            403: components["responses"]["insufficient_scope"];
            404: components["responses"]["token_not_found"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    "trash-list": {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many one page holds at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "019abc3e-7a44-7cde-8f01-23456789abcd",
                     *           "path": "photos/2026/beach.jpg",
                     *           "sizeBytes": 482113,
                     *           "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                     *           "contentType": "image/jpeg",
                     *           "status": "stored",
                     *           "failure": null,
                     *           "encoding": "identity",
                     *           "storedBytes": 1,
                     *           "version": 1,
                     *           "modifiedAt": "2026-11-25T12:00:00.000Z",
                     *           "createdAt": "2026-11-25T12:00:00.000Z",
                     *           "updatedAt": "2026-11-25T12:00:00.000Z",
                     *           "deletedAt": "2026-11-25T12:00:00.000Z",
                     *           "purgedFrom": "2026-11-25T12:00:00.000Z"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["TrashedFile"][];
                        /** @description null on the last page. */
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["invalid_input"];
            401: components["responses"]["unauthenticated-or-access_token_expired-or-session_ended"];
            403: components["responses"]["insufficient_scope"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    "trash-empty": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "files": 1
                     *     }
                     */
                    "application/json": {
                        files: number;
                    };
                };
            };
            400: components["responses"]["invalid_input"];
            401: components["responses"]["unauthenticated-or-access_token_expired-or-session_ended"];
            403: components["responses"]["insufficient_scope"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    "trash-restore": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the file. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "path": "photos/2026/beach.jpg"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description Where to put it; where it was when left out.
                     * @example photos/2026/beach.jpg
                     */
                    path?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /**
                     * @description The number of its current version, in quotes: what `If-Match` takes.
                     * @example "3"
                     */
                    ETag?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019abc3e-7a44-7cde-8f01-23456789abcd",
                     *       "path": "photos/2026/beach.jpg",
                     *       "sizeBytes": 482113,
                     *       "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                     *       "contentType": "image/jpeg",
                     *       "status": "stored",
                     *       "failure": null,
                     *       "encoding": "identity",
                     *       "storedBytes": 1,
                     *       "version": 1,
                     *       "modifiedAt": "2026-11-25T12:00:00.000Z",
                     *       "createdAt": "2026-11-25T12:00:00.000Z",
                     *       "updatedAt": "2026-11-25T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["File"];
                };
            };
            400: components["responses"]["invalid_input"];
            401: components["responses"]["unauthenticated-or-access_token_expired-or-session_ended"];
            403: components["responses"]["insufficient_scope"];
            404: components["responses"]["file_not_found"];
            409: components["responses"]["path_taken"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    "trash-restoreFolder": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "path": "photos/2026",
                 *       "deletedAt": "2026-11-25T12:00:00.000Z"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description Path of the folder.
                     * @example photos/2026
                     */
                    path: string;
                    /**
                     * Format: date-time
                     * @description When it was deleted, as the deletion answered it.
                     */
                    deletedAt: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "files": 1
                     *     }
                     */
                    "application/json": {
                        files: number;
                    };
                };
            };
            400: components["responses"]["invalid_input"];
            401: components["responses"]["unauthenticated-or-access_token_expired-or-session_ended"];
            403: components["responses"]["insufficient_scope"];
            404: components["responses"]["folder_not_found"];
            409: components["responses"]["path_taken"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    "trash-purge": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the file. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {} */
                    "application/json": Record<string, never>;
                };
            };
            400: components["responses"]["invalid_input"];
            401: components["responses"]["unauthenticated-or-access_token_expired-or-session_ended"];
            403: components["responses"]["insufficient_scope"];
            404: components["responses"]["file_not_found"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    "uploads-create": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Go on only if the file is at one of these: the number of a version or the sha256 of its content, in quotes, or `*` for any file that is there. Otherwise 412. Instead of it `If-None-Match: *`: only if there is no file.
                 * @example "3"
                 */
                "If-Match"?: string;
                /**
                 * @description A text of your own for this one request, such as a UUID, so that it can be sent again when its answer was lost: for 24 hours the same request with the same key gets the same answer, and nothing is made twice. Another request with the key is refused with 422, and one that comes while the first is under way with 409.
                 * @example 0b7a4a0e-3f0c-4f0e-9d2b-6a5c1e0d7f21
                 */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "path": "photos/2026/beach.jpg",
                 *       "sizeBytes": 1,
                 *       "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                 *       "contentType": "image/jpeg"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description Relative path of the file: "/"-separated, Unicode NFC, no empty, "." or ".." part, no control characters, each part at most 255 bytes, the whole at most 1,024 bytes of UTF-8.
                     * @example photos/2026/beach.jpg
                     */
                    path: string;
                    sizeBytes: number;
                    /**
                     * @description Give it here and content you already have is linked at once; or give it at completion.
                     * @example e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
                     */
                    sha256?: string;
                    /** Format: date-time */
                    modifiedAt?: string;
                    /**
                     * @description Guessed from the path when left out.
                     * @example image/jpeg
                     */
                    contentType?: string;
                    /** @description Go on only if this is the number of the current version of the file at the path; 0: only if there is no file. Otherwise 412. The header `If-Match` with the number or the content’s ETag says the same. */
                    ifVersion?: number;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "file": {
                     *         "id": "019abc3e-7a44-7cde-8f01-23456789abcd",
                     *         "path": "photos/2026/beach.jpg",
                     *         "sizeBytes": 482113,
                     *         "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                     *         "contentType": "image/jpeg",
                     *         "status": "stored",
                     *         "failure": null,
                     *         "encoding": "identity",
                     *         "storedBytes": 1,
                     *         "version": 1,
                     *         "modifiedAt": "2026-11-25T12:00:00.000Z",
                     *         "createdAt": "2026-11-25T12:00:00.000Z",
                     *         "updatedAt": "2026-11-25T12:00:00.000Z"
                     *       },
                     *       "alreadyStored": true
                     *     }
                     */
                    "application/json": {
                        file: components["schemas"]["File"];
                        /** @constant */
                        alreadyStored: true;
                    } | {
                        upload: components["schemas"]["UploadSession"];
                    };
                };
            };
            400: components["responses"]["invalid_input"];
            401: components["responses"]["unauthenticated-or-access_token_expired-or-session_ended"];
            403: components["responses"]["insufficient_scope"];
            404: components["responses"]["upload_not_found"];
            409: components["responses"]["request_in_progress"];
            412: components["responses"]["version_mismatch"];
            413: components["responses"]["quota_exceeded-or-payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["idempotency_key_reused-or-size_mismatch"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
            507: components["responses"]["storage_full"];
        };
    };
    "uploads-get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the upload session. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "upload": {
                     *         "id": "019abc3e-7a44-7cde-8f01-23456789abcd",
                     *         "url": "http://127.0.0.1:8321/storage/uploads/…?expires=…&signature=…",
                     *         "method": "PUT",
                     *         "headers": {},
                     *         "chunkGranularityBytes": 262144,
                     *         "expiresAt": "2026-11-25T12:00:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": {
                        upload: components["schemas"]["UploadSession"];
                    };
                };
            };
            400: components["responses"]["invalid_input"];
            401: components["responses"]["unauthenticated-or-access_token_expired-or-session_ended"];
            403: components["responses"]["insufficient_scope"];
            404: components["responses"]["upload_not_found"];
            409: components["responses"]["upload_finished"];
            410: components["responses"]["upload_expired"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    "uploads-cancel": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the upload session. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {} */
                    "application/json": Record<string, never>;
                };
            };
            400: components["responses"]["invalid_input"];
            401: components["responses"]["unauthenticated-or-access_token_expired-or-session_ended"];
            403: components["responses"]["insufficient_scope"];
            404: components["responses"]["upload_not_found"];
            409: components["responses"]["upload_finished"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    "uploads-complete": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Go on only if the file is at one of these: the number of a version or the sha256 of its content, in quotes, or `*` for any file that is there. Otherwise 412. Instead of it `If-None-Match: *`: only if there is no file.
                 * @example "3"
                 */
                "If-Match"?: string;
            };
            path: {
                /** @description Id of the upload session. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                 *       "crc32c": "yZRlqg=="
                 *     }
                 */
                "application/json": {
                    /** @example e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 */
                    sha256?: string;
                    /**
                     * @description Compared with what the store received, when the session says `comparesCrc32c`.
                     * @example yZRlqg==
                     */
                    crc32c?: string;
                    /** @description In place of the one given at creation. */
                    ifVersion?: number;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /**
                     * @description The number of its current version, in quotes: what `If-Match` takes.
                     * @example "3"
                     */
                    ETag?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "file": {
                     *         "id": "019abc3e-7a44-7cde-8f01-23456789abcd",
                     *         "path": "photos/2026/beach.jpg",
                     *         "sizeBytes": 482113,
                     *         "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                     *         "contentType": "image/jpeg",
                     *         "status": "stored",
                     *         "failure": null,
                     *         "encoding": "identity",
                     *         "storedBytes": 1,
                     *         "version": 1,
                     *         "modifiedAt": "2026-11-25T12:00:00.000Z",
                     *         "createdAt": "2026-11-25T12:00:00.000Z",
                     *         "updatedAt": "2026-11-25T12:00:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": {
                        file: components["schemas"]["File"];
                    };
                };
            };
            400: components["responses"]["invalid_input-or-checksum_missing"];
            401: components["responses"]["unauthenticated-or-access_token_expired-or-session_ended"];
            403: components["responses"]["insufficient_scope"];
            404: components["responses"]["upload_not_found"];
            409: components["responses"]["upload_finished-or-upload_incomplete"];
            410: components["responses"]["upload_expired"];
            412: components["responses"]["version_mismatch"];
            413: components["responses"]["quota_exceeded-or-payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["checksum_mismatch-or-size_mismatch"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    "usage-get": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "files": 1,
                     *       "sizeBytes": 1,
                     *       "storedBytes": 1,
                     *       "trash": {
                     *         "files": 1,
                     *         "sizeBytes": 1
                     *       },
                     *       "quota": {
                     *         "usedBytes": 1,
                     *         "limitBytes": 1
                     *       },
                     *       "byStatus": {
                     *         "stored": {
                     *           "files": 1,
                     *           "sizeBytes": 1
                     *         },
                     *         "ready": {
                     *           "files": 1,
                     *           "sizeBytes": 1
                     *         },
                     *         "failed": {
                     *           "files": 1,
                     *           "sizeBytes": 1
                     *         }
                     *       },
                     *       "compressing": [
                     *         {
                     *           "path": "text",
                     *           "sizeBytes": 1,
                     *           "doneBytes": 1
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Usage"];
                };
            };
            400: components["responses"]["invalid_input"];
            401: components["responses"]["unauthenticated-or-access_token_expired-or-session_ended"];
            403: components["responses"]["insufficient_scope"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    "users-register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ada@example.org",
                 *       "password": "correct horse battery"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description E-mail address; case is ignored.
                     * @example ada@example.org
                     */
                    email: string;
                    /**
                     * @description At least 10 characters, at least 5 of them different, not digits only.
                     * @example correct horse battery
                     */
                    password: string;
                    name?: string;
                    deviceName?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "user": {
                     *         "id": "019abc3e-7a44-7cde-8f01-23456789abcd",
                     *         "email": "ada@example.org",
                     *         "name": "Ada"
                     *       },
                     *       "accessToken": "text",
                     *       "refreshToken": "text",
                     *       "expiresAt": "2026-11-25T12:00:00.000Z"
                     *     }
                     */
                    "application/json": {
                        user: {
                            /** Format: uuid */
                            id: string;
                            /** @example ada@example.org */
                            email: string;
                            /** @example Ada */
                            name: string | null;
                        };
                        /** @description Send it as `Authorization: Bearer …`. */
                        accessToken: string;
                        /** @description Exchange it at `POST /users/refresh` for a new pair; each is good for one exchange. */
                        refreshToken: string;
                        /**
                         * Format: date-time
                         * @description When the access token expires.
                         */
                        expiresAt: string;
                    };
                };
            };
            400: components["responses"]["invalid_input"];
            409: components["responses"]["email_taken"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    "users-login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ada@example.org",
                 *       "password": "correct horse battery"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description E-mail address; case is ignored.
                     * @example ada@example.org
                     */
                    email: string;
                    /** @example correct horse battery */
                    password: string;
                    /** @description Names the session in the list of devices. */
                    deviceName?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "user": {
                     *         "id": "019abc3e-7a44-7cde-8f01-23456789abcd",
                     *         "email": "ada@example.org",
                     *         "name": "Ada"
                     *       },
                     *       "accessToken": "text",
                     *       "refreshToken": "text",
                     *       "expiresAt": "2026-11-25T12:00:00.000Z"
                     *     }
                     */
                    "application/json": {
                        user: {
                            /** Format: uuid */
                            id: string;
                            /** @example ada@example.org */
                            email: string;
                            /** @example Ada */
                            name: string | null;
                        };
                        /** @description Send it as `Authorization: Bearer …`. */
                        accessToken: string;
                        /** @description Exchange it at `POST /users/refresh` for a new pair; each is good for one exchange. */
                        refreshToken: string;
                        /**
                         * Format: date-time
                         * @description When the access token expires.
                         */
                        expiresAt: string;
                    };
                };
            };
            400: components["responses"]["invalid_input"];
            401: components["responses"]["invalid_credentials"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    "users-refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "refreshToken": "text"
                 *     }
                 */
                "application/json": {
                    refreshToken: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "user": {
                     *         "id": "019abc3e-7a44-7cde-8f01-23456789abcd",
                     *         "email": "ada@example.org",
                     *         "name": "Ada"
                     *       },
                     *       "accessToken": "text",
                     *       "refreshToken": "text",
                     *       "expiresAt": "2026-11-25T12:00:00.000Z"
                     *     }
                     */
                    "application/json": {
                        user: {
                            /** Format: uuid */
                            id: string;
                            /** @example ada@example.org */
                            email: string;
                            /** @example Ada */
                            name: string | null;
                        };
                        /** @description Send it as `Authorization: Bearer …`. */
                        accessToken: string;
                        /** @description Exchange it at `POST /users/refresh` for a new pair; each is good for one exchange. */
                        refreshToken: string;
                        /**
                         * Format: date-time
                         * @description When the access token expires.
                         */
                        expiresAt: string;
                    };
                };
            };
            400: components["responses"]["invalid_input"];
            401: components["responses"]["session_ended"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    "users-logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {} */
                    "application/json": Record<string, never>;
                };
            };
            400: components["responses"]["invalid_input"];
            401: components["responses"]["unauthenticated-or-access_token_expired-or-session_ended"];
            403: components["responses"]["insufficient_scope"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    "users-me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019abc3e-7a44-7cde-8f01-23456789abcd",
                     *       "email": "ada@example.org",
                     *       "name": "Ada"
                     *     }
                     */
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** @example ada@example.org */
                        email: string;
                        /** @example Ada */
                        name: string | null;
                    };
                };
            };
            400: components["responses"]["invalid_input"];
            401: components["responses"]["unauthenticated-or-access_token_expired-or-session_ended"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    "versions-list": {
        parameters: {
            query?: {
                /** @description Only versions older than this number: `nextBefore` of the page before. */
                before?: number;
                /** @description How many one page holds at most. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description Id of the file. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "number": 1,
                     *           "isCurrent": true,
                     *           "sizeBytes": 1,
                     *           "sha256": "text",
                     *           "contentType": "image/jpeg",
                     *           "status": "stored",
                     *           "failure": null,
                     *           "encoding": "identity",
                     *           "storedBytes": 1,
                     *           "modifiedAt": "2026-11-25T12:00:00.000Z",
                     *           "createdAt": "2026-11-25T12:00:00.000Z"
                     *         }
                     *       ],
                     *       "nextBefore": 1
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["Version"][];
                        /** @description null on the last page. */
                        nextBefore: number | null;
                    };
                };
            };
            400: components["responses"]["invalid_input"];
            401: components["responses"]["unauthenticated-or-access_token_expired-or-session_ended"];
            403: components["responses"]["insufficient_scope"];
            404: components["responses"]["file_not_found"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    "versions-restore": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Go on only if the file is at one of these: the number of a version or the sha256 of its content, in quotes, or `*` for any file that is there. Otherwise 412. Instead of it `If-None-Match: *`: only if there is no file.
                 * @example "3"
                 */
                "If-Match"?: string;
            };
            path: {
                /** @description Id of the file. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "version": 1
                 *     }
                 */
                "application/json": {
                    /** @description Number of a version of the file, from 1. */
                    version: number;
                    /** @description Go on only if this is the number of the current version of the file at the path; 0: only if there is no file. Otherwise 412. The header `If-Match` with the number or the content’s ETag says the same. */
                    ifVersion?: number;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /**
                     * @description The number of its current version, in quotes: what `If-Match` takes.
                     * @example "3"
                     */
                    ETag?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019abc3e-7a44-7cde-8f01-23456789abcd",
                     *       "path": "photos/2026/beach.jpg",
                     *       "sizeBytes": 482113,
                     *       "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                     *       "contentType": "image/jpeg",
                     *       "status": "stored",
                     *       "failure": null,
                     *       "encoding": "identity",
                     *       "storedBytes": 1,
                     *       "version": 1,
                     *       "modifiedAt": "2026-11-25T12:00:00.000Z",
                     *       "createdAt": "2026-11-25T12:00:00.000Z",
                     *       "updatedAt": "2026-11-25T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["File"];
                };
            };
            400: components["responses"]["invalid_input"];
            401: components["responses"]["unauthenticated-or-access_token_expired-or-session_ended"];
            403: components["responses"]["insufficient_scope"];
            404: components["responses"]["file_not_found-or-version_not_found"];
            412: components["responses"]["version_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    "webhooks-list": {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many one page holds at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "019abc3e-7a44-7cde-8f01-23456789abcd",
                     *           "url": "text",
                     *           "pathPrefix": "text",
                     *           "createdAt": "2026-11-25T12:00:00.000Z",
                     *           "failingSince": "2026-11-25T12:00:00.000Z",
                     *           "disabledAt": "2026-11-25T12:00:00.000Z"
                     *         }
                     *       ],
                     *       "nextCursor": "019abc3e-7a44-7cde-8f01-23456789abcd"
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["Webhook"][];
                        /** @description null on the last page. */
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["invalid_input"];
            401: components["responses"]["unauthenticated-or-access_token_expired-or-session_ended"];
            403: components["responses"]["insufficient_scope"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    "webhooks-create": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text of your own for this one request, such as a UUID, so that it can be sent again when its answer was lost: for 24 hours the same request with the same key gets the same answer, and nothing is made twice. Another request with the key is refused with 422, and one that comes while the first is under way with 409.
                 * @example 0b7a4a0e-3f0c-4f0e-9d2b-6a5c1e0d7f21
                 */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "url": "https://example.org/hooks/instashare",
                 *       "pathPrefix": "photos/"
                 *     }
                 */
                "application/json": {
                    /**
                     * Format: uri
                     * @example https://example.org/hooks/instashare
                     */
                    url: string;
                    /**
                     * @description Only events of files whose path, or whose path before, starts with this text.
                     * @example photos/
                     */
                    pathPrefix?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "secret": "text",
                     *       "webhook": {
                     *         "id": "019abc3e-7a44-7cde-8f01-23456789abcd",
                     *         "url": "text",
                     *         "pathPrefix": "text",
                     *         "createdAt": "2026-11-25T12:00:00.000Z",
                     *         "failingSince": "2026-11-25T12:00:00.000Z",
                     *         "disabledAt": "2026-11-25T12:00:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": {
                        /** @description Verifies what comes, beginning with `whsec_`: it is told this once. */
                        secret: string;
                        webhook: components["schemas"]["Webhook"];
                    };
                };
            };
            400: components["responses"]["invalid_input"];
            401: components["responses"]["unauthenticated-or-access_token_expired-or-session_ended"];
            403: components["responses"]["insufficient_scope"];
            409: components["responses"]["limit_reached-or-request_in_progress"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["idempotency_key_reused"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    "webhooks-enable": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the webhook. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019abc3e-7a44-7cde-8f01-23456789abcd",
                     *       "url": "text",
                     *       "pathPrefix": "text",
                     *       "createdAt": "2026-11-25T12:00:00.000Z",
                     *       "failingSince": "2026-11-25T12:00:00.000Z",
                     *       "disabledAt": "2026-11-25T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            400: components["responses"]["invalid_input"];
            401: components["responses"]["unauthenticated-or-access_token_expired-or-session_ended"];
            403: components["responses"]["insufficient_scope"];
            404: components["responses"]["webhook_not_found"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    "webhooks-delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the webhook. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {} */
                    "application/json": Record<string, never>;
                };
            };
            400: components["responses"]["invalid_input"];
            401: components["responses"]["unauthenticated-or-access_token_expired-or-session_ended"];
            403: components["responses"]["insufficient_scope"];
            404: components["responses"]["webhook_not_found"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    "webhooks-deliveries": {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many one page holds at most. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description Id of the webhook. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "019abc3e-7a44-7cde-8f01-23456789abcd",
                     *           "state": "pending",
                     *           "events": 1,
                     *           "attempts": 1,
                     *           "lastStatus": 1,
                     *           "lastError": null,
                     *           "createdAt": "2026-11-25T12:00:00.000Z",
                     *           "updatedAt": "2026-11-25T12:00:00.000Z"
                     *         }
                     *       ],
                     *       "nextCursor": "019abc3e-7a44-7cde-8f01-23456789abcd"
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["WebhookDelivery"][];
                        /** @description null on the last page. */
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["invalid_input"];
            401: components["responses"]["unauthenticated-or-access_token_expired-or-session_ended"];
            403: components["responses"]["insufficient_scope"];
            404: components["responses"]["webhook_not_found"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    "webhooks-resend": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the webhook. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "deliveryId": "019abc3e-7a44-7cde-8f01-23456789abcd"
                 *     }
                 */
                "application/json": {
                    /**
                     * Format: uuid
                     * @description Id of the delivery.
                     */
                    deliveryId: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019abc3e-7a44-7cde-8f01-23456789abcd",
                     *       "state": "pending",
                     *       "events": 1,
                     *       "attempts": 1,
                     *       "lastStatus": 1,
                     *       "lastError": null,
                     *       "createdAt": "2026-11-25T12:00:00.000Z",
                     *       "updatedAt": "2026-11-25T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            400: components["responses"]["invalid_input"];
            401: components["responses"]["unauthenticated-or-access_token_expired-or-session_ended"];
            403: components["responses"]["insufficient_scope"];
            404: components["responses"]["webhook_not_found"];
            409: components["responses"]["webhook_disabled"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    uploadFiles: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /**
                     * @description Folder to put the files into.
                     * @example photos/2026
                     */
                    path?: string;
                    /** @description A part for each file, with its `filename`. */
                    file: string[];
                };
            };
        };
        responses: {
            /** @description The files, in the order of the parts. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "files": [
                     *         {
                     *           "id": "019abc3e-7a44-7cde-8f01-23456789abcd",
                     *           "path": "photos/2026/beach.jpg",
                     *           "sizeBytes": 482113,
                     *           "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                     *           "contentType": "image/jpeg",
                     *           "status": "stored",
                     *           "failure": null,
                     *           "encoding": "identity",
                     *           "storedBytes": 1,
                     *           "version": 1,
                     *           "modifiedAt": "2026-11-25T12:00:00.000Z",
                     *           "createdAt": "2026-11-25T12:00:00.000Z",
                     *           "updatedAt": "2026-11-25T12:00:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        files: components["schemas"]["File"][];
                    };
                };
            };
            400: components["responses"]["invalid_input-or-request_aborted"];
            401: components["responses"]["unauthenticated-or-access_token_expired-or-session_ended"];
            403: components["responses"]["insufficient_scope"];
            410: components["responses"]["upload_expired"];
            413: components["responses"]["quota_exceeded-or-payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
            507: components["responses"]["storage_full"];
        };
    };
    sendBundle: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/vnd.instashare.bundle": string;
            };
        };
        responses: {
            /** @description What came of each entry, in their order. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "results": [
                     *         {
                     *           "file": {
                     *             "id": "019abc3e-7a44-7cde-8f01-23456789abcd",
                     *             "path": "photos/2026/beach.jpg",
                     *             "sizeBytes": 482113,
                     *             "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                     *             "contentType": "image/jpeg",
                     *             "status": "stored",
                     *             "failure": null,
                     *             "encoding": "identity",
                     *             "storedBytes": 1,
                     *             "version": 1,
                     *             "modifiedAt": "2026-11-25T12:00:00.000Z",
                     *             "createdAt": "2026-11-25T12:00:00.000Z",
                     *             "updatedAt": "2026-11-25T12:00:00.000Z"
                     *           },
                     *           "alreadyStored": true
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        results: ({
                            file: components["schemas"]["File"];
                            alreadyStored: boolean;
                        } | {
                            error: components["schemas"]["Error"];
                        })[];
                    };
                };
            };
            400: components["responses"]["invalid_input-or-request_aborted"];
            401: components["responses"]["unauthenticated-or-access_token_expired-or-session_ended"];
            403: components["responses"]["insufficient_scope"];
            410: components["responses"]["upload_expired"];
            413: components["responses"]["quota_exceeded-or-payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["size_mismatch"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
            507: components["responses"]["storage_full"];
        };
    };
    putUploadBytes: {
        parameters: {
            query: {
                /** @description Part of the signed address. */
                expires: string;
                /** @description Part of the signed address. */
                signature: string;
            };
            header?: {
                /**
                 * @description Which bytes these are; all of them when left out.
                 * @example bytes 0-262143/1048576
                 */
                "Content-Range"?: string;
            };
            path: {
                /** @description Id of the upload session. */
                uploadId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description All bytes are there and durable: complete the upload. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "sizeBytes": 1
                     *     }
                     */
                    "application/json": {
                        sizeBytes: number;
                    };
                };
            };
            /** @description `Range: bytes=0-n` tells what is kept; without it nothing is. */
            308: {
                headers: {
                    /**
                     * @description What is kept.
                     * @example bytes=0-262143
                     */
                    Range?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["invalid_input-or-request_aborted"];
            404: components["responses"]["upload_not_found"];
            409: components["responses"]["upload_finished-or-upload_offset_mismatch"];
            410: components["responses"]["upload_expired"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["size_mismatch"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
            507: components["responses"]["storage_full"];
        };
    };
    cancelUploadBytes: {
        parameters: {
            query: {
                /** @description Part of the signed address. */
                expires: string;
                /** @description Part of the signed address. */
                signature: string;
            };
            header?: never;
            path: {
                /** @description Id of the upload session. */
                uploadId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Cancelled. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["invalid_input"];
            404: components["responses"]["upload_not_found"];
            409: components["responses"]["upload_finished"];
            410: components["responses"]["upload_expired"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    downloadFile: {
        parameters: {
            query?: {
                /** @description With `inline` a browser shows raster images, audio, video and plain text; all else stays an attachment. */
                disposition?: "attachment" | "inline";
            };
            header?: {
                /**
                 * @description One range of bytes, such as `bytes=0-1023`, `bytes=1024-` or `bytes=-500`. The answer to several ranges at once is the whole content.
                 * @example bytes=0-1023
                 */
                Range?: string;
                /** @description Answer 412 unless the content has one of these ETags. */
                "If-Match"?: string;
                /** @description Answer 304 if the content has one of these ETags. */
                "If-None-Match"?: string;
                /** @description Answer 304 unless the content became this file’s after this time. */
                "If-Modified-Since"?: string;
                /** @description Answer 412 if the content became this file’s after this time. */
                "If-Unmodified-Since"?: string;
                /** @description Heed `Range` only if the content has this ETag; else answer with all of it. */
                "If-Range"?: string;
            };
            path: {
                /** @description Id of the file. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The whole content. */
            200: {
                headers: {
                    /** @description Whether ranges can be asked for. */
                    "Accept-Ranges"?: string;
                    /** @description The name of the file (RFC 6266). */
                    "Content-Disposition"?: string;
                    /** @description The sha256 of the content, in quotes. */
                    ETag?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description The range asked for. */
            206: {
                headers: {
                    /** @description Whether ranges can be asked for. */
                    "Accept-Ranges"?: string;
                    /** @description The name of the file (RFC 6266). */
                    "Content-Disposition"?: string;
                    /** @description The sha256 of the content, in quotes. */
                    ETag?: string;
                    /**
                     * @description Which bytes these are, of how many.
                     * @example bytes 0-1023/4096
                     */
                    "Content-Range"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description The content has the ETag given, or has not changed since. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["invalid_input"];
            401: components["responses"]["unauthenticated-or-access_token_expired-or-session_ended"];
            403: components["responses"]["insufficient_scope"];
            404: components["responses"]["file_not_found"];
            409: components["responses"]["content_failed"];
            412: components["responses"]["version_mismatch"];
            416: components["responses"]["range_not_satisfiable"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["content_unavailable-or-unavailable"];
        };
    };
    describeFileContent: {
        parameters: {
            query?: {
                /** @description With `inline` a browser shows raster images, audio, video and plain text; all else stays an attachment. */
                disposition?: "attachment" | "inline";
            };
            header?: {
                /**
                 * @description One range of bytes, such as `bytes=0-1023`, `bytes=1024-` or `bytes=-500`. The answer to several ranges at once is the whole content.
                 * @example bytes=0-1023
                 */
                Range?: string;
                /** @description Answer 412 unless the content has one of these ETags. */
                "If-Match"?: string;
                /** @description Answer 304 if the content has one of these ETags. */
                "If-None-Match"?: string;
                /** @description Answer 304 unless the content became this file’s after this time. */
                "If-Modified-Since"?: string;
                /** @description Answer 412 if the content became this file’s after this time. */
                "If-Unmodified-Since"?: string;
                /** @description Heed `Range` only if the content has this ETag; else answer with all of it. */
                "If-Range"?: string;
            };
            path: {
                /** @description Id of the file. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The whole content. */
            200: {
                headers: {
                    /** @description Whether ranges can be asked for. */
                    "Accept-Ranges"?: string;
                    /** @description The name of the file (RFC 6266). */
                    "Content-Disposition"?: string;
                    /** @description The sha256 of the content, in quotes. */
                    ETag?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The range asked for. */
            206: {
                headers: {
                    /** @description Whether ranges can be asked for. */
                    "Accept-Ranges"?: string;
                    /** @description The name of the file (RFC 6266). */
                    "Content-Disposition"?: string;
                    /** @description The sha256 of the content, in quotes. */
                    ETag?: string;
                    /**
                     * @description Which bytes these are, of how many.
                     * @example bytes 0-1023/4096
                     */
                    "Content-Range"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The content has the ETag given, or has not changed since. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description - `invalid_input`: A field of the request is missing or malformed; `issues` names it. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * @description - `unauthenticated`: No access token, or one that is malformed, forged, or of a user that is gone; or a personal access token that has expired or was revoked.
             *     - `access_token_expired`: The access token has expired: refresh it.
             *     - `session_ended`: The session was logged out, revoked or has expired: log in again.
             */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description - `insufficient_scope`: The personal access token lacks the scope that this needs, or this needs a log-in rather than a token. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description - `file_not_found`: No such file, or not for this user. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description - `content_failed`: The content of this file was found damaged when it was verified: upload it again. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description - `version_mismatch`: The file is not at the version that the request expects. */
            412: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description - `range_not_satisfiable`: The range lies outside the content. */
            416: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description - `internal_error`: A fault on our side; it was logged with the request id. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * @description - `content_unavailable`: The content of this file can not be read right now.
             *     - `unavailable`: A service that is needed does not answer right now: try again.
             */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    downloadVersion: {
        parameters: {
            query?: {
                /** @description With `inline` a browser shows raster images, audio, video and plain text; all else stays an attachment. */
                disposition?: "attachment" | "inline";
            };
            header?: {
                /**
                 * @description One range of bytes, such as `bytes=0-1023`, `bytes=1024-` or `bytes=-500`. The answer to several ranges at once is the whole content.
                 * @example bytes=0-1023
                 */
                Range?: string;
                /** @description Answer 412 unless the content has one of these ETags. */
                "If-Match"?: string;
                /** @description Answer 304 if the content has one of these ETags. */
                "If-None-Match"?: string;
                /** @description Answer 304 unless the content became this file’s after this time. */
                "If-Modified-Since"?: string;
                /** @description Answer 412 if the content became this file’s after this time. */
                "If-Unmodified-Since"?: string;
                /** @description Heed `Range` only if the content has this ETag; else answer with all of it. */
                "If-Range"?: string;
            };
            path: {
                /** @description Id of the file. */
                id: string;
                /** @description Number of the version, from 1. */
                number: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The whole content. */
            200: {
                headers: {
                    /** @description Whether ranges can be asked for. */
                    "Accept-Ranges"?: string;
                    /** @description The name of the file (RFC 6266). */
                    "Content-Disposition"?: string;
                    /** @description The sha256 of the content, in quotes. */
                    ETag?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description The range asked for. */
            206: {
                headers: {
                    /** @description Whether ranges can be asked for. */
                    "Accept-Ranges"?: string;
                    /** @description The name of the file (RFC 6266). */
                    "Content-Disposition"?: string;
                    /** @description The sha256 of the content, in quotes. */
                    ETag?: string;
                    /**
                     * @description Which bytes these are, of how many.
                     * @example bytes 0-1023/4096
                     */
                    "Content-Range"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description The content has the ETag given, or has not changed since. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["invalid_input"];
            401: components["responses"]["unauthenticated-or-access_token_expired-or-session_ended"];
            403: components["responses"]["insufficient_scope"];
            404: components["responses"]["file_not_found-or-version_not_found"];
            409: components["responses"]["content_failed"];
            412: components["responses"]["version_mismatch"];
            416: components["responses"]["range_not_satisfiable"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["content_unavailable-or-unavailable"];
        };
    };
    describeVersionContent: {
        parameters: {
            query?: {
                /** @description With `inline` a browser shows raster images, audio, video and plain text; all else stays an attachment. */
                disposition?: "attachment" | "inline";
            };
            header?: {
                /**
                 * @description One range of bytes, such as `bytes=0-1023`, `bytes=1024-` or `bytes=-500`. The answer to several ranges at once is the whole content.
                 * @example bytes=0-1023
                 */
                Range?: string;
                /** @description Answer 412 unless the content has one of these ETags. */
                "If-Match"?: string;
                /** @description Answer 304 if the content has one of these ETags. */
                "If-None-Match"?: string;
                /** @description Answer 304 unless the content became this file’s after this time. */
                "If-Modified-Since"?: string;
                /** @description Answer 412 if the content became this file’s after this time. */
                "If-Unmodified-Since"?: string;
                /** @description Heed `Range` only if the content has this ETag; else answer with all of it. */
                "If-Range"?: string;
            };
            path: {
                /** @description Id of the file. */
                id: string;
                /** @description Number of the version, from 1. */
                number: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The whole content. */
            200: {
                headers: {
                    /** @description Whether ranges can be asked for. */
                    "Accept-Ranges"?: string;
                    /** @description The name of the file (RFC 6266). */
                    "Content-Disposition"?: string;
                    /** @description The sha256 of the content, in quotes. */
                    ETag?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The range asked for. */
            206: {
                headers: {
                    /** @description Whether ranges can be asked for. */
                    "Accept-Ranges"?: string;
                    /** @description The name of the file (RFC 6266). */
                    "Content-Disposition"?: string;
                    /** @description The sha256 of the content, in quotes. */
                    ETag?: string;
                    /**
                     * @description Which bytes these are, of how many.
                     * @example bytes 0-1023/4096
                     */
                    "Content-Range"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The content has the ETag given, or has not changed since. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description - `invalid_input`: A field of the request is missing or malformed; `issues` names it. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * @description - `unauthenticated`: No access token, or one that is malformed, forged, or of a user that is gone; or a personal access token that has expired or was revoked.
             *     - `access_token_expired`: The access token has expired: refresh it.
             *     - `session_ended`: The session was logged out, revoked or has expired: log in again.
             */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description - `insufficient_scope`: The personal access token lacks the scope that this needs, or this needs a log-in rather than a token. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * @description - `file_not_found`: No such file, or not for this user.
             *     - `version_not_found`: The file has no such version, or no longer.
             */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description - `content_failed`: The content of this file was found damaged when it was verified: upload it again. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description - `version_mismatch`: The file is not at the version that the request expects. */
            412: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description - `range_not_satisfiable`: The range lies outside the content. */
            416: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description - `internal_error`: A fault on our side; it was logged with the request id. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * @description - `content_unavailable`: The content of this file can not be read right now.
             *     - `unavailable`: A service that is needed does not answer right now: try again.
             */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getStoredObject: {
        parameters: {
            query: {
                /** @description Part of the signed address. */
                expires: string;
                /** @description Part of the signed address. */
                signature: string;
            };
            header?: {
                /**
                 * @description One range of bytes, such as `bytes=0-1023`, `bytes=1024-` or `bytes=-500`. The answer to several ranges at once is the whole content.
                 * @example bytes=0-1023
                 */
                Range?: string;
            };
            path: {
                /** @description Part of the signed address. */
                owner: string;
                /** @description Part of the signed address. */
                object: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The whole object. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description The range asked for. */
            206: {
                headers: {
                    /**
                     * @description Which bytes these are, of how many.
                     * @example bytes 0-1023/4096
                     */
                    "Content-Range"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            400: components["responses"]["invalid_input"];
            404: components["responses"]["not_found"];
            416: components["responses"]["range_not_satisfiable"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["content_unavailable-or-unavailable"];
        };
    };
    describeStoredObject: {
        parameters: {
            query: {
                /** @description Part of the signed address. */
                expires: string;
                /** @description Part of the signed address. */
                signature: string;
            };
            header?: {
                /**
                 * @description One range of bytes, such as `bytes=0-1023`, `bytes=1024-` or `bytes=-500`. The answer to several ranges at once is the whole content.
                 * @example bytes=0-1023
                 */
                Range?: string;
            };
            path: {
                /** @description Part of the signed address. */
                owner: string;
                /** @description Part of the signed address. */
                object: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The whole object. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The range asked for. */
            206: {
                headers: {
                    /**
                     * @description Which bytes these are, of how many.
                     * @example bytes 0-1023/4096
                     */
                    "Content-Range"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description - `invalid_input`: A field of the request is missing or malformed; `issues` names it. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description - `not_found`: There is nothing at this address, or not for this user. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description - `range_not_satisfiable`: The range lies outside the content. */
            416: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description - `internal_error`: A fault on our side; it was logged with the request id. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * @description - `content_unavailable`: The content of this file can not be read right now.
             *     - `unavailable`: A service that is needed does not answer right now: try again.
             */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    viewShare: {
        parameters: {
            query?: {
                /** @description Of a folder: only files behind this path. */
                after?: string;
            };
            header?: never;
            path: {
                /** @description The last part of the link. */
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description - `invalid_input`: A field of the request is missing or malformed; `issues` names it. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description - `share_locked`: The share link asks for its password first. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description - `share_not_found`: No such share link, or not for this user; or it has expired, is used up or was revoked. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description - `internal_error`: A fault on our side; it was logged with the request id. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description - `unavailable`: A service that is needed does not answer right now: try again. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
        };
    };
    unlockShare: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The last part of the link. */
                token: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": {
                    password: string;
                };
            };
        };
        responses: {
            /** @description Right: a cookie for this link opens it for an hour; go on to the page. */
            303: {
                headers: {
                    /** @description The page. */
                    Location?: string;
                    /** @description Opens this link, and no other. */
                    "Set-Cookie"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description - `invalid_input`: A field of the request is missing or malformed; `issues` names it. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description - `invalid_credentials`: The address or the password is wrong. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description - `share_not_found`: No such share link, or not for this user; or it has expired, is used up or was revoked. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description - `payload_too_large`: The request body is larger than this route takes. */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description - `unsupported_media_type`: This route does not take a body of this content type. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description - `rate_limited`: Too many attempts: wait and try again. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description - `internal_error`: A fault on our side; it was logged with the request id. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description - `unavailable`: A service that is needed does not answer right now: try again. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
        };
    };
    downloadSharedFile: {
        parameters: {
            query?: {
                /** @description With `inline` a browser shows raster images, audio, video and plain text; all else stays an attachment. */
                disposition?: "attachment" | "inline";
            };
            header?: {
                /**
                 * @description One range of bytes, such as `bytes=0-1023`, `bytes=1024-` or `bytes=-500`. The answer to several ranges at once is the whole content.
                 * @example bytes=0-1023
                 */
                Range?: string;
            };
            path: {
                /** @description The last part of the link. */
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The whole content. */
            200: {
                headers: {
                    /** @description Whether ranges can be asked for. */
                    "Accept-Ranges"?: string;
                    /** @description The name of the file (RFC 6266). */
                    "Content-Disposition"?: string;
                    /** @description The sha256 of the content, in quotes. */
                    ETag?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description The range asked for. */
            206: {
                headers: {
                    /** @description Whether ranges can be asked for. */
                    "Accept-Ranges"?: string;
                    /** @description The name of the file (RFC 6266). */
                    "Content-Disposition"?: string;
                    /** @description The sha256 of the content, in quotes. */
                    ETag?: string;
                    /**
                     * @description Which bytes these are, of how many.
                     * @example bytes 0-1023/4096
                     */
                    "Content-Range"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description - `invalid_input`: A field of the request is missing or malformed; `issues` names it. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description - `share_locked`: The share link asks for its password first. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description - `share_not_found`: No such share link, or not for this user; or it has expired, is used up or was revoked. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description - `content_failed`: The content of this file was found damaged when it was verified: upload it again. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description - `range_not_satisfiable`: The range lies outside the content. */
            416: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description - `internal_error`: A fault on our side; it was logged with the request id. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /**
             * @description - `content_unavailable`: The content of this file can not be read right now.
             *     - `unavailable`: A service that is needed does not answer right now: try again.
             */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
        };
    };
    describeSharedFile: {
        parameters: {
            query?: {
                /** @description With `inline` a browser shows raster images, audio, video and plain text; all else stays an attachment. */
                disposition?: "attachment" | "inline";
            };
            header?: {
                /**
                 * @description One range of bytes, such as `bytes=0-1023`, `bytes=1024-` or `bytes=-500`. The answer to several ranges at once is the whole content.
                 * @example bytes=0-1023
                 */
                Range?: string;
            };
            path: {
                /** @description The last part of the link. */
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The whole content. */
            200: {
                headers: {
                    /** @description Whether ranges can be asked for. */
                    "Accept-Ranges"?: string;
                    /** @description The name of the file (RFC 6266). */
                    "Content-Disposition"?: string;
                    /** @description The sha256 of the content, in quotes. */
                    ETag?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The range asked for. */
            206: {
                headers: {
                    /** @description Whether ranges can be asked for. */
                    "Accept-Ranges"?: string;
                    /** @description The name of the file (RFC 6266). */
                    "Content-Disposition"?: string;
                    /** @description The sha256 of the content, in quotes. */
                    ETag?: string;
                    /**
                     * @description Which bytes these are, of how many.
                     * @example bytes 0-1023/4096
                     */
                    "Content-Range"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description - `invalid_input`: A field of the request is missing or malformed; `issues` names it. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description - `share_locked`: The share link asks for its password first. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description - `share_not_found`: No such share link, or not for this user; or it has expired, is used up or was revoked. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description - `content_failed`: The content of this file was found damaged when it was verified: upload it again. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description - `range_not_satisfiable`: The range lies outside the content. */
            416: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description - `internal_error`: A fault on our side; it was logged with the request id. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * @description - `content_unavailable`: The content of this file can not be read right now.
             *     - `unavailable`: A service that is needed does not answer right now: try again.
             */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    downloadFileOfSharedFolder: {
        parameters: {
            query?: {
                /** @description With `inline` a browser shows raster images, audio, video and plain text; all else stays an attachment. */
                disposition?: "attachment" | "inline";
            };
            header?: {
                /**
                 * @description One range of bytes, such as `bytes=0-1023`, `bytes=1024-` or `bytes=-500`. The answer to several ranges at once is the whole content.
                 * @example bytes=0-1023
                 */
                Range?: string;
            };
            path: {
                /** @description The last part of the link. */
                token: string;
                /** @description Id of the file. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The whole content. */
            200: {
                headers: {
                    /** @description Whether ranges can be asked for. */
                    "Accept-Ranges"?: string;
                    /** @description The name of the file (RFC 6266). */
                    "Content-Disposition"?: string;
                    /** @description The sha256 of the content, in quotes. */
                    ETag?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description The range asked for. */
            206: {
                headers: {
                    /** @description Whether ranges can be asked for. */
                    "Accept-Ranges"?: string;
                    /** @description The name of the file (RFC 6266). */
                    "Content-Disposition"?: string;
                    /** @description The sha256 of the content, in quotes. */
                    ETag?: string;
                    /**
                     * @description Which bytes these are, of how many.
                     * @example bytes 0-1023/4096
                     */
                    "Content-Range"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description - `invalid_input`: A field of the request is missing or malformed; `issues` names it. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description - `share_locked`: The share link asks for its password first. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description - `share_not_found`: No such share link, or not for this user; or it has expired, is used up or was revoked. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description - `content_failed`: The content of this file was found damaged when it was verified: upload it again. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description - `range_not_satisfiable`: The range lies outside the content. */
            416: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description - `internal_error`: A fault on our side; it was logged with the request id. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /**
             * @description - `content_unavailable`: The content of this file can not be read right now.
             *     - `unavailable`: A service that is needed does not answer right now: try again.
             */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
        };
    };
    describeFileOfSharedFolder: {
        parameters: {
            query?: {
                /** @description With `inline` a browser shows raster images, audio, video and plain text; all else stays an attachment. */
                disposition?: "attachment" | "inline";
            };
            header?: {
                /**
                 * @description One range of bytes, such as `bytes=0-1023`, `bytes=1024-` or `bytes=-500`. The answer to several ranges at once is the whole content.
                 * @example bytes=0-1023
                 */
                Range?: string;
            };
            path: {
                /** @description The last part of the link. */
                token: string;
                /** @description Id of the file. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The whole content. */
            200: {
                headers: {
                    /** @description Whether ranges can be asked for. */
                    "Accept-Ranges"?: string;
                    /** @description The name of the file (RFC 6266). */
                    "Content-Disposition"?: string;
                    /** @description The sha256 of the content, in quotes. */
                    ETag?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The range asked for. */
            206: {
                headers: {
                    /** @description Whether ranges can be asked for. */
                    "Accept-Ranges"?: string;
                    /** @description The name of the file (RFC 6266). */
                    "Content-Disposition"?: string;
                    /** @description The sha256 of the content, in quotes. */
                    ETag?: string;
                    /**
                     * @description Which bytes these are, of how many.
                     * @example bytes 0-1023/4096
                     */
                    "Content-Range"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description - `invalid_input`: A field of the request is missing or malformed; `issues` names it. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description - `share_locked`: The share link asks for its password first. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description - `share_not_found`: No such share link, or not for this user; or it has expired, is used up or was revoked. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description - `content_failed`: The content of this file was found damaged when it was verified: upload it again. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description - `range_not_satisfiable`: The range lies outside the content. */
            416: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description - `internal_error`: A fault on our side; it was logged with the request id. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * @description - `content_unavailable`: The content of this file can not be read right now.
             *     - `unavailable`: A service that is needed does not answer right now: try again.
             */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    downloadSharedFolder: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The last part of the link. */
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The zip. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": string;
                };
            };
            /** @description - `invalid_input`: A field of the request is missing or malformed; `issues` names it. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description - `share_locked`: The share link asks for its password first. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description - `share_not_found`: No such share link, or not for this user; or it has expired, is used up or was revoked. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description - `internal_error`: A fault on our side; it was logged with the request id. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description - `unavailable`: A service that is needed does not answer right now: try again. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
        };
    };
    followEvents: {
        parameters: {
            query?: {
                /** @description Only events of files whose path, or whose path before, starts with this text. */
                pathPrefix?: string;
                /** @description As `Last-Event-ID`, for those who can not send headers; the header counts when both are there. */
                lastEventId?: string;
            };
            header?: {
                /** @description Begin behind this event. Begin now when left out. */
                "Last-Event-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The stream. The schema of its content is that of what stands in `data`. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            400: components["responses"]["invalid_input"];
            401: components["responses"]["unauthenticated-or-access_token_expired-or-session_ended"];
            403: components["responses"]["insufficient_scope"];
            410: components["responses"]["cursor_expired"];
            429: components["responses"]["too_many_streams"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    exportAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The lines. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/jsonl": string;
                };
            };
            400: components["responses"]["invalid_input"];
            401: components["responses"]["unauthenticated-or-access_token_expired-or-session_ended"];
            403: components["responses"]["insufficient_scope"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    healthz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ok"
                     *     }
                     */
                    "application/json": {
                        /** @constant */
                        status: "ok";
                    };
                };
            };
        };
    };
    healthzHead: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readyz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It can. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ok",
                     *       "database": "ok",
                     *       "queue": "ok",
                     *       "objects": "ok"
                     *     }
                     */
                    "application/json": {
                        /** @constant */
                        status: "ok";
                        /** @enum {string} */
                        database: "ok" | "failed";
                        /** @enum {string} */
                        queue: "ok" | "failed";
                        /** @enum {string} */
                        objects: "ok" | "failed";
                    };
                };
            };
            /** @description It can not; the body says what fails, and is one of an error as well. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "unavailable",
                     *       "database": "ok",
                     *       "queue": "ok",
                     *       "objects": "ok",
                     *       "code": "unavailable",
                     *       "message": "text"
                     *     }
                     */
                    "application/json": {
                        /** @constant */
                        status: "unavailable";
                        /** @enum {string} */
                        database: "ok" | "failed";
                        /** @enum {string} */
                        queue: "ok" | "failed";
                        /** @enum {string} */
                        objects: "ok" | "failed";
                        /** @constant */
                        code: "unavailable";
                        message: string;
                    };
                };
            };
        };
    };
    readyzHead: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It can. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It can not; the body says what fails, and is one of an error as well. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    openapi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OpenAPI 3.1. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "openapi": "3.1.0",
                     *       "info": {},
                     *       "paths": {}
                     *     }
                     */
                    "application/json": {
                        /** @example 3.1.0 */
                        openapi: string;
                        info: Record<string, never>;
                        paths: Record<string, never>;
                    };
                };
            };
        };
    };
    docs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            400: components["responses"]["invalid_input"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    docsAsset: {
        parameters: {
            query?: never;
            header?: {
                /** @description Answer 304 if the part has one of these ETags. */
                "If-None-Match"?: string;
            };
            path: {
                /** @description Name of the part. */
                asset: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The part. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/css": string;
                    "text/javascript": string;
                };
            };
            /** @description The part has the ETag given. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["invalid_input"];
            404: components["responses"]["not_found"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    adminOverview: {
        parameters: {
            query?: {
                /** @description E-mail address of the one account to list. */
                account?: string;
                /** @description Only accounts behind this e-mail address. */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page, or the form of a log-in. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description - `invalid_input`: A field of the request is missing or malformed; `issues` names it. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description - `session_ended`: The session was logged out, revoked or has expired: log in again. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            404: components["responses"]["not_found"];
            /** @description - `internal_error`: A fault on our side; it was logged with the request id. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description - `unavailable`: A service that is needed does not answer right now: try again. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
        };
    };
    adminLogIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": {
                    email: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description Done: go on to the page. */
            303: {
                headers: {
                    /** @description The page. */
                    Location?: string;
                    /** @description For these pages alone. */
                    "Set-Cookie"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description - `invalid_input`: A field of the request is missing or malformed; `issues` names it. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description - `invalid_credentials`: The address or the password is wrong. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description - `wrong_origin`: The form was not sent by a page of this server, as far as the browser tells; or `PUBLIC_URL` is not its address. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            404: components["responses"]["not_found"];
            /** @description - `payload_too_large`: The request body is larger than this route takes. */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description - `unsupported_media_type`: This route does not take a body of this content type. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description - `rate_limited`: Too many attempts: wait and try again. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description - `internal_error`: A fault on our side; it was logged with the request id. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description - `unavailable`: A service that is needed does not answer right now: try again. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
        };
    };
    adminLogOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done: go on to the page. */
            303: {
                headers: {
                    /** @description The page. */
                    Location?: string;
                    /** @description For these pages alone. */
                    "Set-Cookie"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description - `invalid_input`: A field of the request is missing or malformed; `issues` names it. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description - `session_ended`: The session was logged out, revoked or has expired: log in again. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description - `wrong_origin`: The form was not sent by a page of this server, as far as the browser tells; or `PUBLIC_URL` is not its address. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            404: components["responses"]["not_found"];
            /** @description - `payload_too_large`: The request body is larger than this route takes. */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description - `unsupported_media_type`: This route does not take a body of this content type. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description - `internal_error`: A fault on our side; it was logged with the request id. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description - `unavailable`: A service that is needed does not answer right now: try again. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
        };
    };
    adminSetQuota: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the user. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": {
                    quota: string;
                    account?: string;
                    after?: string;
                };
            };
        };
        responses: {
            /** @description Done: go on to the page. */
            303: {
                headers: {
                    /** @description The page. */
                    Location?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description - `invalid_input`: A field of the request is missing or malformed; `issues` names it. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description - `session_ended`: The session was logged out, revoked or has expired: log in again. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description - `wrong_origin`: The form was not sent by a page of this server, as far as the browser tells; or `PUBLIC_URL` is not its address. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            404: components["responses"]["not_found"];
            /** @description - `payload_too_large`: The request body is larger than this route takes. */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description - `unsupported_media_type`: This route does not take a body of this content type. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description - `internal_error`: A fault on our side; it was logged with the request id. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description - `unavailable`: A service that is needed does not answer right now: try again. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
        };
    };
    adminQueue: {
        parameters: {
            query?: {
                /** @description Kind of job; the first that has any when it is left out. */
                queue?: "compress-blobs" | "deliver-webhook" | "recount-quota" | "sweep";
                /** @description State of the jobs. */
                state?: "waiting" | "active" | "delayed" | "failed";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description - `invalid_input`: A field of the request is missing or malformed; `issues` names it. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description - `session_ended`: The session was logged out, revoked or has expired: log in again. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            404: components["responses"]["not_found"];
            /** @description - `internal_error`: A fault on our side; it was logged with the request id. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description - `unavailable`: A service that is needed does not answer right now: try again. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
        };
    };
    adminRetryJobs: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Kind of job. */
                queue: "compress-blobs" | "deliver-webhook" | "recount-quota" | "sweep";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done: go on to the page. */
            303: {
                headers: {
                    /** @description The page. */
                    Location?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description - `invalid_input`: A field of the request is missing or malformed; `issues` names it. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description - `session_ended`: The session was logged out, revoked or has expired: log in again. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description - `wrong_origin`: The form was not sent by a page of this server, as far as the browser tells; or `PUBLIC_URL` is not its address. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            404: components["responses"]["not_found"];
            /** @description - `payload_too_large`: The request body is larger than this route takes. */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description - `unsupported_media_type`: This route does not take a body of this content type. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description - `internal_error`: A fault on our side; it was logged with the request id. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description - `unavailable`: A service that is needed does not answer right now: try again. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
        };
    };
    adminRetryJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Kind of job. */
                queue: "compress-blobs" | "deliver-webhook" | "recount-quota" | "sweep";
                /** @description Id of the job. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done: go on to the page. */
            303: {
                headers: {
                    /** @description The page. */
                    Location?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description - `invalid_input`: A field of the request is missing or malformed; `issues` names it. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description - `session_ended`: The session was logged out, revoked or has expired: log in again. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description - `wrong_origin`: The form was not sent by a page of this server, as far as the browser tells; or `PUBLIC_URL` is not its address. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            404: components["responses"]["not_found"];
            /** @description - `payload_too_large`: The request body is larger than this route takes. */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description - `unsupported_media_type`: This route does not take a body of this content type. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description - `internal_error`: A fault on our side; it was logged with the request id. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description - `unavailable`: A service that is needed does not answer right now: try again. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
        };
    };
}
