export const HELP = `Looks after an Instashare server, on the machine where it runs.

  instashare-admin users [EMAIL]              accounts: files, bytes used, quota, since when, id
  instashare-admin add EMAIL [--generate]     makes an account; its password is read as by "password", or made and printed
  instashare-admin quota EMAIL [BYTES|none]   shows what an account may hold, or sets it (20M, 1.5G, 10Gi)
  instashare-admin admin EMAIL [on|off]       shows whether an account may see the admin pages of the api, or sets it
  instashare-admin link ADDRESS [--off]       whose a share link is, and what it leads to; --off ends it
  instashare-admin password EMAIL             sets the password of an account, which is read from standard input, or asked for
                                              on a terminal; ends all its sessions
      --generate          sets a random one and prints it, this once
  instashare-admin retry [--user EMAIL]       lists content that has failed: whose, which files, why
  instashare-admin retry --all | ID ...       has all of it, or some, checked and compressed again
  instashare-admin sweep [--dry-run]          does what the workers' sweeps do, all of it, now; or says what it would do
  instashare-admin verify [options]           reads everything that is stored, as downloads do, and compares size and sha256
      --rate BYTES        so much content a second at most, such as 20M
      --since DATE        only what was uploaded since then
      --state FILE        notes there how far it has come, and goes on there after it was stopped
      --mark-failed       what is damaged or missing counts as failed, so that its owner is told; else it changes nothing
  instashare-admin backup DIR [--verify]      database and objects as of now, while the server runs; what DIR has already
                                              is not copied again. --verify reads the copies and compares their sha256
  instashare-admin restore DIR [--verify]     into an empty database and an empty store; --verify reads the backup first

Every command takes:
  --json            one event a line, for programs
  --data-dir DIR    the data folder of an "npm start" (INSTASHARE_DATA_DIR, or .instashare here)
  --help            this text

It is configured as the server is: by DATABASE_URL, INSTASHARE_DATA_DIR, GCS_BUCKET and so on. Where DATABASE_URL is not
set, it finds the database of the "npm start" that serves the data folder. It asks for nothing but a password, and for that
only on a terminal.

Exit codes: 0 done and all is well; 1 damage was found, or some of it could not be done; 2 the command line makes no
sense; 3 it could not be done; 130 stopped by Ctrl-C.
`;
