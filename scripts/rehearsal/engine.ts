import { type Service, variablesIn } from "./compose.ts";

/** A process that stands for a container. */
interface Container {
  pid: number;
  image: string;
  /** Milliseconds that it may take to its end. */
  grace: number;
}

/** What the engine remembers between two commands. */
interface State {
  images: Record<string, string>;
  containers: Record<string, Container>;
  /** Where a service listens, for all share one network here. */
  ports: Record<string, number>;
}

/** Images are folders, volumes are folders, containers are processes: all in one folder, and in `state.json` there. */
export class Engine {
  private constructor(private readonly folder: string, private readonly state: State) {}

  static async open(folder: string): Promise<Engine> {
    return new Engine(folder, JSON.parse(await Deno.readTextFile(`${folder}/state.json`)));
  }

  imageOf(tag: string): string | undefined {
    return this.state.images[tag];
  }

  /** The process of a service; undefined where it does not run. */
  container(name: string): Container | undefined {
    const container = this.state.containers[name];
    return container && isAlive(container.pid) ? container : undefined;
  }

  async tag(from: string, to: string): Promise<number> {
    const image = this.imageOf(from);
    if (!image) return 1;
    this.state.images[to] = image;
    return await this.#save();
  }

  /** Takes images away that have no name any more. */
  async prune(): Promise<number> {
    const named = new Set(Object.values(this.state.images));
    for await (const { name } of Deno.readDir(`${this.folder}/images`)) {
      if (!named.has(name)) await Deno.remove(`${this.folder}/images/${name}`, { recursive: true });
    }
    return 0;
  }

  /** What is committed in the working directory, with the dependencies that are installed here. */
  async build(tag: string): Promise<number> {
    const image = crypto.randomUUID();
    const to = `${this.folder}/images/${image}`;
    const modules = Deno.env.get("REHEARSAL_MODULES")!;
    const script = 'mkdir -p "$1" && git archive HEAD | tar -x -C "$1" && ' +
      '(cp -al "$2" "$1/node_modules" 2>/dev/null || cp -a "$2" "$1/")';
    const { code } = await new Deno.Command("sh", { args: ["-c", script, "sh", to, modules] }).output();
    if (code === 0) this.state.images[tag] = image;
    return code || await this.#save();
  }

  /** Starts what is not running as it should, and waits until it is healthy; false where it is not. */
  async up(name: string, service: Service, isForced: boolean, patience: number): Promise<boolean> {
    const image = this.#imageFor(service);
    if (this.container(name)?.image === image && !isForced) return true;
    await this.stop(name);
    const { command, env } = await this.#processOf(name, service, service.command);
    const pidFile = `${this.folder}/${name}.pid`;
    await Deno.writeTextFile(pidFile, "");
    await new Deno.Command("setsid", {
      args: [
        ...["-f", "sh", "-c", 'echo $$ > "$1"; log=$2; shift 2; exec "$@" >>"$log" 2>&1', "sh"],
        ...[pidFile, this.#logOf(name), ...command],
      ],
      ...{ env, clearEnv: true, stdin: "null", stdout: "null", stderr: "null" } as const,
    }).output();
    let pid = NaN;
    while (!pid) [pid] = [parseInt(await Deno.readTextFile(pidFile)), await pause(20)];
    const grace = (parseInt(service.stop_grace_period ?? "") || 10) * 1_000;
    this.state.containers[name] = { pid, image, grace };
    await this.#save();
    for (const end = Date.now() + patience * 1_000; Date.now() < end && isAlive(pid); await pause(200)) {
      if (await this.#isHealthy(name, service, env)) return isAlive(pid);
    }
    return false;
  }

  async stop(name: string): Promise<void> {
    const container = this.container(name);
    delete this.state.containers[name];
    await this.#save();
    if (!container) return;
    Deno.kill(container.pid, "SIGTERM");
    for (const end = Date.now() + container.grace; isAlive(container.pid); await pause(50)) {
      if (Date.now() > end) Deno.kill(container.pid, "SIGKILL");
    }
  }

  /** Runs a command to its end in a container of its own. */
  async run(name: string, service: Service, words: string[]): Promise<number> {
    const { command, env } = await this.#processOf(name, service, words);
    return await foreground(command, env);
  }

  /** Runs a command in a container that runs already. */
  async exec(service: Service, words: string[], name: string): Promise<number> {
    const { command, env } = await this.#processOf(name, service, words, this.container(name)?.image);
    return await foreground(words[0] === "riff" ? command : words, env);
  }

  /** How Docker calls the state of a service that runs: whether it is healthy, where it says how to see that. */
  async health(name: string, service: Service): Promise<string | undefined> {
    if (!this.container(name)) return undefined;
    if (!service.healthcheck) return "Up";
    const { env } = await this.#processOf(name, service);
    return await this.#isHealthy(name, service, env) ? "Up (healthy)" : "Up (unhealthy)";
  }

  async log(name: string): Promise<string> {
    return await Deno.readTextFile(this.#logOf(name)).catch(() => "");
  }

  /** What a container's image, environment and volumes come to on this machine. */
  async #processOf(
    name: string,
    service: Service,
    words: string[] = [],
    image = this.#imageFor(service),
  ) {
    const project = Deno.cwd();
    const isOurs = service.image.startsWith("riff");
    const root = `${this.folder}/images/${image}`;
    const places: [string, string][] = (service.volumes ?? []).map((volume) => {
      const [source = "", target = ""] = volume.split(":");
      return [
        target,
        source.startsWith(".") ? project + source.slice(1) : `${this.folder}/volumes/${source}`,
      ];
    });
    if (isOurs) places.push(["/riff", root]);
    for (const [, place] of places) {
      if (place.includes("/volumes/")) await Deno.mkdir(place, { recursive: true });
    }
    const here = (text: string) =>
      places.reduce(
        (so, [target, place]) => so.replaceAll(new RegExp(`(^|\\s)${target}(?=/|\\s|$)`, "g"), `$1${place}`),
        text,
      );
    const given = service.env_file ? variablesIn(await Deno.readTextFile(service.env_file)) : {};
    const env = Object.fromEntries(
      Object.entries({ ...given, ...service.environment }).map(([key, value]) => [key, here(String(value))]),
    );
    const more: Record<string, string> = isOurs
      ? { PORT: String(this.state.ports[name] ?? 0), DENO_DIR: `${this.folder}/deno` }
      : {
        ...{ XDG_DATA_HOME: here("/data"), XDG_CONFIG_HOME: here("/config"), HOME: this.folder },
        CADDY_ADMIN: `127.0.0.1:${this.state.ports.admin}`,
      };
    const entry = isOurs
      ? await entrypoint(root)
      : ["caddy", "run", "--config", "/etc/caddy/Caddyfile", "--adapter", "caddyfile"];
    return {
      command: [...entry, ...words].map(here),
      env: { PATH: Deno.env.get("PATH")!, ...env, ...more },
    };
  }

  async #isHealthy(name: string, service: Service, env: Record<string, string>): Promise<boolean> {
    if (name === "caddy") {
      return await fetch(`http://${env.CADDY_ADMIN}/config/`).then((answer) =>
        answer.body?.cancel().then(() => answer.ok)
      )
        .catch(() => false) ?? false;
    }
    if (!service.healthcheck) return await pause(2_000).then(() => true); // it runs: all that Docker would ask
    const root = `${this.folder}/images/${this.#imageFor(service)}`;
    const command = service.healthcheck.test.slice(1).map((word) => word.replace(/^\/riff/, root));
    const quiet = { stdout: "null", stderr: "null" } as const;
    return (await new Deno.Command(command[0]!, { args: command.slice(1), env, ...quiet }).output()).success;
  }

  #imageFor(service: Service): string {
    return service.image.startsWith("riff") ? this.state.images[service.image]! : service.image;
  }

  #logOf(name: string): string {
    return `${this.folder}/${name}.log`;
  }

  async #save(): Promise<number> {
    await Deno.writeTextFile(`${this.folder}/state.json`, JSON.stringify(this.state));
    return 0;
  }
}

/** What the Dockerfile of this image has every container begin with. */
async function entrypoint(root: string): Promise<string[]> {
  const text = await Deno.readTextFile(`${root}/api/Dockerfile`);
  return JSON.parse(text.match(/^ENTRYPOINT (.*)$/m)![1]!);
}

async function foreground([program, ...args]: string[], env: Record<string, string>): Promise<number> {
  const { code } = await new Deno.Command(program!, {
    ...{ args, env, clearEnv: true, stdin: "inherit", stdout: "inherit", stderr: "inherit" } as const,
  }).spawn().status;
  return code;
}

/** Whether a process runs: one that has ended may wait for its end to be noted. */
function isAlive(pid: number): boolean {
  try {
    return !/\) Z /.test(Deno.readTextFileSync(`/proc/${pid}/stat`));
  } catch {
    return false;
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
