/**
 * A Python program that makes a copy of the repository in the current folder, runs pre-commit over it and takes it away again:
 * `<out> <number of links> <links...> <arguments of pre-commit run...>`. The copy has the index, the references and the files
 * as they are in the work tree; nothing of the repository itself is written. What pre-commit says goes to standard error as it
 * comes. Standard output is a report as JSON, with what each hook said and which files it changed: for that a hook of its own,
 * which looks at the files, comes after each one of the repository's.
 * It goes to Python by `-c` and holds no double quotes: programs that start others on Windows disagree about them. Its exit
 * code is that of pre-commit; 70 where it could not come so far.
 */
export const PROGRAM: string = String.raw`import sys
sys.path[:] = [path for path in sys.path if path]
import json, os, re, shlex, shutil, stat, subprocess

LOOK = r'''import hashlib, json, os, sys


def content(path):
    try:
        if os.path.islink(path):
            return 'link ' + os.readlink(path)
        if os.path.isdir(path):
            return 'folder'
        with open(path, 'rb') as file:
            return hashlib.sha256(file.read()).hexdigest()
    except OSError:
        return None


def seen(path):
    try:
        found = os.lstat(path)
    except OSError:
        return None
    return [found.st_mode, found.st_size, found.st_mtime_ns, found.st_ctime_ns]


def state_of(mode, path):
    text = content(path)
    return [text, bool(mode and mode[0] & 0o100 and text is not None)]


def look(out, name):
    with open(os.path.join(out, 'state.json'), encoding='ascii') as file:
        state = json.load(file)
    changed = []
    for path, (was, known) in state['files'].items():
        at = os.path.join(out, 'tree', path)
        now = seen(at)
        if now == was:
            continue
        after = state_of(now, at)
        if after != (known or state_of(was, os.path.join(state['root'], path))):
            changed.append(path)
        state['files'][path] = [now, after]
    for file_name, value in (('state.json', state), ('changed-' + name + '.json', changed)):
        with open(os.path.join(out, file_name), 'w', encoding='ascii') as file:
            json.dump(value, file)
'''
exec(LOOK)

CONFIG = '.pre-commit-config.yaml'
SIGN = 'symbiotic-looks-'
START = 'import sys; sys.path[:] = [path for path in sys.path if path]; from pre_commit.main import main; sys.exit(main())'
KEPT = r'^(core\.(autocrlf|eol|filemode|ignorecase|safecrlf|symlinks|precomposeunicode)|filter\..*)$'
HERE = ('GIT_DIR', 'GIT_INDEX_FILE', 'GIT_WORK_TREE', 'GIT_COMMON_DIR', 'GIT_OBJECT_DIRECTORY', 'GIT_PREFIX')

root = os.getcwd()
out = os.path.abspath(sys.argv[1])
links = sys.argv[3:3 + int(sys.argv[2])]
more = sys.argv[3 + len(links):]
tree = os.path.join(out, 'tree')
env = {name: value for name, value in os.environ.items() if name not in HERE}


def give_up(text):
    sys.stderr.write('error: ' + text.strip() + '\n')
    sys.exit(70)


def git(*words, at=root, data=None, may_fail=False):
    done = subprocess.run(['git', *words], cwd=at, env=env, input=data, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode and not may_fail:
        give_up('git ' + words[0] + ': ' + done.stderr.decode('utf-8', 'replace'))
    return b'' if done.returncode else done.stdout


def names(data):
    return [os.fsdecode(name) for name in data.split(b'\0') if name]


def line_of(data):
    return os.fsdecode(data.rstrip(b'\r\n'))


def inside_git(name):
    return os.path.join(root, line_of(git('rev-parse', '--git-path', name)))


def make_repository():
    form = line_of(git('rev-parse', '--show-object-format', may_fail=True)) or 'sha1'
    git('init', '--quiet', '--template=', *([] if form == 'sha1' else ['--object-format=' + form]), tree)
    own = os.path.join(tree, '.git')
    os.makedirs(os.path.join(own, 'info'), exist_ok=True)
    with open(os.path.join(own, 'objects', 'info', 'alternates'), 'wb') as file:
        file.write(os.fsencode(inside_git('objects').replace(os.sep, '/')) + b'\n')
    for name in ('shallow', 'info/attributes', 'info/exclude'):
        if os.path.isfile(inside_git(name)):
            shutil.copyfile(inside_git(name), os.path.join(own, name))
    for entry in names(git('config', '--local', '-z', '--get-regexp', KEPT, may_fail=True)):
        key, _, value = entry.partition('\n')
        git('config', '--add', key, value, at=tree)
    make_references()


def make_references():
    listed = git('for-each-ref', '--format=create %(refname) %(objectname)')
    git('update-ref', '--stdin', at=tree, data=listed, may_fail=True)
    branch = line_of(git('symbolic-ref', '--quiet', 'HEAD', may_fail=True))
    commit = line_of(git('rev-parse', '--quiet', '--verify', 'HEAD', may_fail=True))
    if branch:
        git('symbolic-ref', 'HEAD', branch, at=tree)
    elif commit:
        git('update-ref', '--no-deref', 'HEAD', commit, at=tree)


def copy_file(source, target):
    try:
        if os.path.isfile(source):
            shutil.copy2(source, target)
    except FileNotFoundError:
        # What another process makes and takes away meanwhile was no part of the repository.
        pass


def copy_files():
    for name in names(git('ls-files', '-z', '--cached', '--others', '--exclude-standard')):
        source, target = os.path.join(root, name), os.path.join(tree, name)
        if not os.path.lexists(source) or os.path.lexists(target) or source.startswith(out + os.sep):
            continue
        os.makedirs(os.path.dirname(target), exist_ok=True)
        if os.path.islink(source):
            os.symlink(os.readlink(source), target, target_is_directory=os.path.isdir(source))
        elif os.path.isdir(source):
            os.makedirs(target)
        else:
            copy_file(source, target)
    for name in links:
        source, target = os.path.join(root, name), os.path.join(tree, name)
        if os.path.lexists(source) and not os.path.lexists(target):
            os.makedirs(os.path.dirname(target), exist_ok=True)
            os.symlink(source, target, target_is_directory=os.path.isdir(source))


def make_index():
    git('update-index', '-z', '--index-info', at=tree, data=git('ls-files', '-s', '-z'))
    git('update-index', '-q', '--refresh', at=tree, may_fail=True)
    tracked = sorted(set(names(git('ls-files', '-z', at=tree))))
    files = {name: [seen(os.path.join(tree, name)), None] for name in tracked}
    with open(os.path.join(out, 'state.json'), 'w', encoding='ascii') as file:
        json.dump({'root': root, 'files': files}, file)
    return tracked


def stages():
    try:
        from pre_commit.clientlib import STAGES
    except ImportError:
        from pre_commit.constants import STAGES
    return [stage for stage in STAGES]


def looking(number):
    words = [sys.executable, os.path.join(out, 'look.py'), str(number)]
    return {
        'repo': 'local',
        'hooks': [{
            'id': SIGN + str(number),
            'name': SIGN + str(number),
            'language': 'system',
            'entry': ' '.join(shlex.quote(word) for word in words),
            'always_run': True,
            'pass_filenames': False,
            'stages': stages(),
        }],
    }


def split_config():
    import yaml
    try:
        with open(os.path.join(tree, CONFIG), encoding='utf-8') as file:
            config = yaml.safe_load(file)
        ids, repos = [], []
        for repo in config['repos'] + []:
            repos += [] if repo['hooks'] else [repo]
            for hook in repo['hooks'] + []:
                repos += [{**repo, 'hooks': [hook]}, looking(len(ids))]
                ids.append(str(hook['id']))
    except (OSError, ValueError, KeyError, TypeError, yaml.YAMLError):
        # pre-commit has words of its own for what is wrong with it.
        return CONFIG, []
    with open(os.path.join(out, 'look.py'), 'w', encoding='ascii') as file:
        file.write(LOOK + '\n\nlook(os.path.dirname(os.path.abspath(__file__)), sys.argv[1])\n')
    path = os.path.join(out, 'pre-commit.yaml')
    with open(path, 'w', encoding='utf-8') as file:
        yaml.safe_dump({**config, 'repos': repos}, file, allow_unicode=True, sort_keys=False)
    return path, ids


def run(config):
    words = [sys.executable, '-c', START, 'run', '--all-files', '--color=never', '--config', config, *more]
    process = subprocess.Popen(words, cwd=tree, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    parts = ['']
    for line in process.stdout:
        text = line.decode('utf-8', 'replace').replace('\r\n', '\n').replace(config, CONFIG)
        text = text.replace(tree + os.sep, '').replace(tree, '.')
        sign = re.match(re.escape(SIGN) + r'[0-9]+\.+(Passed|Failed|\()', text)
        if sign and sign.group(1) != 'Passed':
            process.kill()
            give_up('it could not look at what the hooks changed')
        if sign:
            parts.append('')
        else:
            parts[-1] += text
            sys.stderr.buffer.write(text.encode('utf-8'))
            sys.stderr.buffer.flush()
    return process.wait(), parts


def changed_by(name):
    with open(os.path.join(out, 'changed-' + name + '.json'), encoding='ascii') as file:
        return json.load(file)


def remove(function, path, _):
    os.chmod(path, stat.S_IRWXU)
    function(path)


try:
    make_repository()
    copy_files()
    tracked = make_index()
    config, ids = split_config()
    code, parts = run(config)
    look(out, 'rest')
    hooks = [
        {'id': each, 'output': text, 'changed': changed_by(str(number))}
        for number, (each, text) in enumerate(zip(ids, parts[:-1]))
    ]
    rest = {'output': parts[-1], 'changed': changed_by('rest')}
    report = {'version': 1, 'exit': code, 'hooks': hooks, 'rest': rest, 'tracked': tracked if code else []}
finally:
    shutil.rmtree(tree, onerror=remove) if os.path.isdir(tree) else None
sys.stdout.write(json.dumps(report) + '\n')
sys.exit(code)
`;
